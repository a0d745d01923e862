// Portuguese words of notices and of why an account is offline.
import type { Words } from '../catalog.ts';
import type { en } from '../en/index.ts';

export const notices = {
  title: {
    offline: 'Neste momento não lhe podem ligar',
    offlineAccount: 'Neste momento não podem ligar a {{account}}',
    caution: 'Pode perder chamadas',
    cautionAccount: '{{account}} pode perder chamadas',
    settings: 'As definições estavam danificadas',
    library: 'As pessoas e as chamadas estavam danificadas',
    provisioning: 'O ficheiro de configuração não foi usado',
    'emergency-location': 'Está aqui',
  },
  action: {
    'retry-registration': 'Tentar agora',
    'open-accounts': 'Abrir conta',
    'open-audio-settings': 'Abrir definições',
    'dismiss-notice': 'Dispensar',
  },
  cause: {
    'no-network': 'sem rede',
    'server-unreachable': 'servidor inacessível',
    'server-trouble': 'avaria do servidor',
    'server-refused': 'recusado pelo servidor',
    'server-moved': 'servidor mudou',
    'server-address-wrong': 'endereço do servidor errado',
    'host-unknown': 'servidor desconhecido',
    'name-service-unreachable': 'serviço de nomes inacessível',
    'connection-refused': 'ligação recusada',
    'connection-lost': 'ligação perdida',
    'secure-connection-failed': 'sem ligação segura',
    'certificate-not-trusted': 'certificado não fiável',
    'websocket-refused': 'WebSocket recusado',
    'login-method-unknown': 'método de acesso desconhecido',
    'password-not-accepted': 'palavra-passe não aceite',
    'password-missing': 'falta a palavra-passe',
    'address-unknown': 'endereço desconhecido',
    'account-forbidden': 'conta não permitida',
    'realm-changed': 'outro pede a palavra-passe',
  },
} satisfies Words<(typeof en)['notices']>;
