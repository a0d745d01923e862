// Portuguese sentences of problems, by their codes.
import type { Catalog } from '../catalog.ts';

export const problems = {
  'account-gone': 'A conta desta chamada foi removida.',
  'account-gone-for-good': 'Esta conta já não pode ser recuperada. Adicione-a de novo.',
  'account-unknown': 'Esta conta já não está configurada.',
  'address-unknown': 'O servidor não conhece este endereço. Verifique a grafia.',
  'bad-sdp': 'O outro telefone descreveu o som de forma ilegível, por isso não há som.',
  'call-back-gone': 'Já ninguém espera por esta pessoa.',
  'call-failed': 'Não foi possível ligar a chamada.',
  'call-forbidden': 'O servidor não permite esta chamada. Pergunte ao administrador.',
  'call-gone': 'Esta chamada não está ligada, por isso não pode ser transferida.',
  'call-over': 'A chamada terminou.',
  'call-redirected': 'Este número mudou.',
  'certificate-not-trusted':
    'O certificado do servidor não é fiável, por isso nada foi enviado. Pergunte ao administrador.',
  'change-refused': 'O outro lado não aceitou a alteração.',
  'connection-lost': 'A ligação perdeu-se. O telefone continua a tentar.',
  'connection-refused': 'O servidor recusou a ligação. Verifique a porta e o transporte, ou pergunte ao administrador.',
  'database-damaged':
    'O ficheiro de contactos e chamadas estava danificado. Foi posto de lado e o Hookswitch começou um novo.',
  'database-unavailable':
    'Não é possível abrir contactos e chamadas. O que adicionar fica só até sair. Verifique o disco e reinicie o Hookswitch.',
  'dial-changed': 'Agora seria marcado outro número, por isso nada foi marcado. Veja-o e ligue de novo.',
  'disk-full': 'O disco está cheio. Liberte espaço e tente de novo.',
  'encryption-required': 'Esta conta só faz chamadas cifradas e o outro telefone não oferece cifra.',
  'forward-to-self': 'Esse é o seu próprio número. Escolha outro.',
  'headset-boom-up':
    'Os auscultadores mantêm o microfone silenciado. Baixe o braço do microfone ou reponha o som neles.',
  'headset-busy': 'Os auscultadores estão numa chamada. Teste-os quando terminar.',
  'headset-not-opened':
    'Não foi possível aceder aos botões. Feche outros programas de chamadas ou volte a ligar os auscultadores.',
  'headset-not-permitted':
    'Este computador não permite os botões dos auscultadores. Peça ao administrador a regra do dispositivo e volte a ligá-los.',
  'headset-not-readable':
    'Os botões destes auscultadores ainda não se leem neste sistema. As chamadas funcionam; atenda no ecrã.',
  'headset-not-writable':
    'Os auscultadores não aceitam comandos, as luzes podem estar erradas. Volte a ligá-los ou feche outros programas de chamadas.',
  'hold-failed': 'A espera ou a retoma falhou. Tente de novo.',
  'host-unknown': 'Não há servidor com este nome. Verifique o endereço.',
  'import-gone': 'Esta importação já foi retirada ou é demasiado antiga. Remova as pessoas uma a uma.',
  'import-unreadable': 'Não é possível ler o ficheiro. Verifique se é vCard, CSV ou LDIF.',
  'library-busy': 'A lista está ocupada. Tente de novo daqui a pouco.',
  'library-damaged': 'O ficheiro de contactos e chamadas está danificado. Reinicie o Hookswitch.',
  'library-disk-error': 'Não é possível ler ou escrever contactos e chamadas. Verifique o disco.',
  'library-failed': 'Algo falhou com contactos e chamadas. Tente de novo.',
  'library-interrupted': 'A lista foi interrompida. Tente de novo.',
  'library-read-only': 'Não é possível escrever contactos e chamadas. Verifique as permissões da pasta.',
  'library-request-invalid': 'Este pedido à lista não é válido.',
  'library-slow': 'A lista demora demasiado. Tente de novo.',
  'library-stopped': 'A lista parou e está a reiniciar. Tente de novo.',
  'login-method-unknown': 'O servidor pede um método de acesso que este telefone não conhece.',
  'media-engine-stopped': 'A parte que leva o som foi reiniciada. Se não ouvir nada daqui a pouco, ligue de novo.',
  'media-refused': 'O outro telefone atendeu mas recusou o som.',
  'media-unresponsive': 'O som ainda não está pronto. Espere um momento e tente de novo.',
  'media-window-stopped': 'A parte que reproduz o som foi reiniciada. Se não ouvir nada, ligue de novo.',
  'message-empty': 'Não há texto para enviar.',
  'message-too-long': 'Esta mensagem é demasiado longa. Envie-a em várias.',
  'microphone-busy':
    'Não é possível abrir o microfone; outro programa pode estar a usá-lo. Feche-o ou escolha outro microfone.',
  'microphone-refused':
    'O Hookswitch não pode usar o microfone, não o vão ouvir. Permita-o nas definições de privacidade.',
  'microphone-unplugged': 'O microfone foi desligado. Volte a ligá-lo; é usado de imediato.',
  'name-missing': 'Uma pessoa precisa de um nome.',
  'name-service-unreachable': 'Não foi possível procurar o endereço do servidor. Verifique a ligação à Internet.',
  'no-account': 'Adicione primeiro a sua conta: o Hookswitch precisa de um servidor para ligar.',
  'no-answer-from-phone': 'O telefone não respondeu. Feche esta janela e volte a abri-la.',
  'no-common-codec': 'Os dois telefones não têm nenhum formato de som em comum.',
  'no-encryption':
    'Este computador não consegue cifrar a palavra-passe agora. Desbloqueie o porta-chaves e tente de novo.',
  'no-headset': 'Sem auscultadores ligados. Ligue-os e prima primeiro os botões.',
  'no-headset-test': 'Ainda não há resultado. Inicie primeiro o teste.',
  'no-microphone': 'Nenhum microfone encontrado, não o vão ouvir. Ligue um; é usado de imediato.',
  'no-network-port': 'Não foi possível abrir o som desta chamada na rede. Verifique a ligação e tente de novo.',
  'no-park-code': 'O número que estaciona chamadas depende do servidor. Escreva-o em Definições, em Chamadas.',
  'no-picture': 'Sem imagem sua: a câmara ou o ecrã não puderam ser usados. O som continua.',
  'screens-unseen':
    'O Hookswitch não pode ver o seu ecrã. Permita-o nas definições do sistema, em privacidade e gravação do ecrã, e tente de novo.',
  'no-sdp-in-answer': 'O outro lado atendeu sem dizer como lhe enviar som. Tente de novo.',
  'no-video-here': 'O vídeo precisa de uma chamada WebRTC. O som continua.',
  'no-voicemail-number': 'O servidor não indica o número do correio de voz. Escreva-o em Definições, em Chamadas.',
  'not-a-sound-file': 'Este ficheiro não é WAV nem Ogg. Escolha um ficheiro .wav, .ogg ou .opus.',
  'not-allowed': 'Esta janela não pode fazer isso.',
  'not-available': 'Não disponível de momento.',
  'not-dialable': 'Não é um número nem um endereço para o qual se possa ligar.',
  'not-parked': 'Esta chamada já não está estacionada.',
  'not-permitted': 'Não tem esse direito. Pergunte ao administrador.',
  'not-published': 'O servidor não aceita o estado deste telefone; os outros não o verão.',
  'not-reachable':
    'Agora não é possível contactá-los: nenhum telefone deles está ligado ou está definido para não tocar.',
  'not-ringing': 'Esta chamada foi recusada.',
  'not-saved': 'Não foi possível escrever o ficheiro aí. Escolha outra pasta.',
  'not-supported': 'O servidor não oferece isto.',
  'not-valid': 'Um valor não é válido. Verifique o que escreveu.',
  'nothing-prepared': 'Reúna primeiro o pacote de suporte e depois guarde-o.',
  'nothing-to-pick-up': 'Já nada toca lá.',
  'number-unknown': 'Este número não existe.',
  'password-missing': 'O servidor pede uma palavra-passe. Escreva-a na conta.',
  'password-not-accepted':
    'O servidor não aceitou a palavra-passe. Verifique as maiúsculas ou peça uma nova ao administrador.',
  'person-gone': 'Esta pessoa já não está nos seus contactos.',
  'picture-refused': 'O outro telefone não aceitou a imagem. Continuam a ouvir-se.',
  'realm-changed':
    'Um servidor que não é o seu pediu a palavra-passe, por isso não foi enviada. Pergunte ao administrador.',
  'recording-failed':
    'A gravação parou porque não foi possível escrever o ficheiro. Verifique a pasta e o espaço no disco.',
  'recording-folder': 'Não é possível gravar nessa pasta. Escolha outra nas definições.',
  'recording-gone': 'Esta gravação já não existe.',
  'redirected-in-circles': 'Este número reencaminha em círculo, por isso não se ligou. Pergunte ao administrador.',
  'registration-brief':
    'O servidor mantém este telefone registado pouco tempo e pode perder chamadas. Peça mais tempo ao administrador.',
  'secure-connection-failed':
    'Não foi possível fazer uma ligação segura ao servidor. Verifique a porta e o transporte.',
  'directory-trouble': 'O servidor do diretório está com um problema próprio. Tente novamente mais tarde.',
  'server-address-wrong':
    'Não é um endereço de servidor. É como sip.empresa.pt, sip.empresa.pt:5061 ou wss://empresa.pt/ws.',
  'server-certificate':
    'O certificado deste servidor não é fiável ou é de outro, por isso nada foi enviado. Verifique o nome e o ficheiro CA, ou pergunte ao administrador.',
  'server-moved':
    'O servidor envia este telefone para um que não é seu, por isso nada foi enviado. Pergunte ao administrador.',
  'server-name-taken': 'Outra origem já tem este nome. Escolha um que as distinga.',
  'server-refused': 'O servidor recusou registar este telefone. Pergunte ao administrador.',
  'server-stuck':
    'Não foi possível ler a tempo o que este servidor enviou, por isso desistiu-se. Pergunte ao administrador.',
  'server-trouble': 'O servidor tem uma avaria de momento. O telefone continua a tentar.',
  'server-unreachable': 'O servidor não responde. Verifique a ligação de rede; o telefone continua a tentar.',
  'set-by-administrator':
    'O seu administrador definiu isto para todos, por isso não pode ser alterado aqui. Peça-lhe que o altere.',
  'settings-damaged': 'O ficheiro de definições estava danificado. Foi posto de lado e o Hookswitch recomeçou.',
  'settings-not-saved':
    'As definições não foram guardadas: não é possível escrever na pasta. Verifique o disco e tente de novo.',
  'settings-unreadable': 'Não foi possível ler as definições. O Hookswitch começou com novas.',
  'silent-in': 'Não ouve nada: nada chega do outro lado. Ligue de novo; se continuar, mostre isto ao administrador.',
  'silent-out': 'Não o ouvem: nada chega daqui. Ligue de novo; se continuar, mostre isto ao administrador.',
  'sound-blocked':
    'O som não passa entre as partes do Hookswitch. Talvez um programa de segurança o bloqueie; reinicie o Hookswitch.',
  'sound-lost': 'Não foi possível recuperar o som desta chamada. Ligue de novo.',
  'speaker-unplugged': 'O altifalante foi desligado. Volte a ligá-lo; é usado de imediato.',
  'subscription-final': 'O que se sabe disso já não mudará.',
  'subscription-rejected': 'Não pode ver esse estado. Pergunte ao administrador.',
  'subscription-unknown': 'Isso já não existe neste servidor.',
  'too-many-call-backs': 'Já espera por demasiadas pessoas. Remova primeiro uma da lista.',
  'transfer-failed': 'A transferência falhou. Quem ligou está de novo consigo.',
  'transfer-pending': 'Esta chamada já está a ser transferida. Espere que o outro telefone responda.',
  'transfer-refused': 'O outro telefone recusou a transferência. Continua ligado.',
  'transfer-unknown': 'O outro lado nunca disse se a transferência resultou. Quem ligou continua aqui.',
  'transfer-unsupported': 'O outro telefone não pode ser transferido: não sabe como.',
  'vault-not-written': 'Não foi possível guardar a palavra-passe: o disco está cheio ou protegido. É usada até sair.',
  'video-off': 'O vídeo está desativado. Ative-o em Definições, em Chamadas, para mostrar ou ver imagens.',
  'websocket-refused': 'O servidor recusou a ligação WebSocket. Verifique o endereço com o caminho.',
  'server-silent': 'O servidor não responde. Verifique o nome e a porta, e se está acessível daqui.',
  'server-too-much':
    'O servidor respondeu muito mais do que foi pedido, e a resposta foi descartada. Pergunte ao administrador.',
  'server-garbage': 'Não se percebe o que o servidor responde. Verifique o nome, a porta e a encriptação.',
  'server-password': 'O servidor não aceitou o nome e a palavra-passe. Escreva-os de novo.',
  'ca-file-unreadable': 'Não foi possível ler o ficheiro CA. Verifique o caminho; tem de ser um ficheiro PEM.',
  'directory-refused': 'O servidor recusa a ligação. Verifique o nome e a porta.',
  'server-unknown': 'Não há nenhum servidor com este nome. Verifique a ortografia e se está em linha.',
  'server-hung-up': 'O servidor desligou. Verifique a porta e a encriptação, ou tente de novo.',
  'server-no-tls': 'Não foi possível fazer uma ligação segura ao servidor. Verifique a porta e a encriptação.',
  'server-no-book':
    'Não há no servidor um livro de endereços para si. Verifique o endereço; talvez precise de um caminho, como /dav/.',
  'server-lies': 'O servidor anuncia pessoas e não as entrega, por isso nada mudou. Pergunte ao administrador.',
  'server-elsewhere':
    '{{domain}} indica {{address}} como servidor de livros de endereços, que não está no seu domínio. Se for o seu servidor, escreva-o como endereço; nada foi enviado para lá.',
  'server-no-service':
    'O domínio indica que não tem servidor de livros de endereços. Verifique o domínio ou escreva o endereço completo do servidor.',
  'server-redirects':
    'O servidor reencaminha para outro endereço. Se for o seu servidor, escreva-o; nada foi enviado para lá.',
  'server-forbids': 'Este nome não pode ler aqui. Indique um que possa, com a palavra-passe.',
  'server-address': 'Um endereço é como https://dav.company.com. O nome e a palavra-passe têm campos próprios.',
  'server-not-encrypted':
    'Este endereço não é encriptado: a palavra-passe poderia ser lida pelo caminho. Use https, ou permita-o abaixo.',
  'server-no-starttls': 'O servidor não oferece StartTLS. Escolha TLS ou outra porta.',
  'server-wants-encryption': 'O servidor exige uma ligação encriptada. Escolha TLS ou StartTLS.',
  'server-base': 'O servidor não tem esta parte do diretório. Verifique a base.',
  'server-filter': 'O filtro não se percebe. Um filtro é como (objectClass=person).',
} satisfies Catalog['problems'];
