// Italian sentences of problems, by their codes.
import type { Catalog } from '../catalog.ts';

export const problems = {
  'account-gone': 'L’account di questa chiamata è stato rimosso.',
  'account-gone-for-good': 'Questo account non si può più recuperare. Aggiungilo di nuovo.',
  'account-unknown': 'Questo account non è più configurato.',
  'address-unknown': 'Il server non conosce questo indirizzo. Controlla l’ortografia.',
  'bad-sdp': 'L’altro telefono ha descritto il suo audio in modo illeggibile, quindi non c’è suono.',
  'call-back-gone': 'Nessuno aspetta più questa persona.',
  'call-failed': 'La chiamata non si è potuta connettere.',
  'call-forbidden': 'Il server non consente questa chiamata. Chiedi al tuo amministratore.',
  'call-gone': 'Questa chiamata non è connessa, quindi non si può trasferire.',
  'call-over': 'La chiamata è terminata.',
  'call-redirected': 'Questo numero è cambiato.',
  'certificate-not-trusted':
    'Il certificato del server non è attendibile, quindi non è stato inviato nulla. Chiedi al tuo amministratore.',
  'change-refused': 'L’altra parte non ha accettato la modifica.',
  'connection-lost': 'La connessione si è persa. Il telefono continua a provare.',
  'connection-refused':
    'Il server ha rifiutato la connessione. Controlla porta e trasporto o chiedi al tuo amministratore.',
  'database-damaged':
    'Il file di contatti e chiamate era danneggiato. È stato messo da parte e Hookswitch ne ha iniziato uno nuovo.',
  'database-unavailable':
    'Contatti e chiamate non si possono aprire. Ciò che aggiungi resta solo fino all’uscita. Controlla il disco e riavvia Hookswitch.',
  'dial-changed': 'Ora comporrebbe un altro numero, quindi non è stato chiamato nessuno. Guardalo e chiama di nuovo.',
  'disk-full': 'Il disco è pieno. Libera spazio e riprova.',
  'encryption-required': 'Questo account fa solo chiamate cifrate e l’altro telefono non offre cifratura.',
  'forward-to-self': 'È il tuo stesso numero. Scegline un altro.',
  'headset-boom-up': 'Le cuffie tengono il microfono muto. Abbassa il braccio del microfono o riattivalo sulle cuffie.',
  'headset-busy': 'Le cuffie sono in chiamata. Provale quando la chiamata è finita.',
  'headset-not-opened':
    'I pulsanti delle cuffie non sono raggiungibili. Chiudi altri programmi di chiamata o ricollegale.',
  'headset-not-permitted':
    'Questo computer non consente i pulsanti delle cuffie. Chiedi all’amministratore la regola del dispositivo e ricollegale.',
  'headset-not-readable':
    'I pulsanti di queste cuffie non si leggono ancora su questo sistema. Le chiamate funzionano; rispondi sullo schermo.',
  'headset-not-writable':
    'Le cuffie non accettano comandi, le luci possono essere errate. Ricollegale o chiudi altri programmi di chiamata.',
  'hold-failed': 'Attesa o ripresa non riuscita. Riprova.',
  'host-unknown': 'Non c’è un server con questo nome. Controlla l’indirizzo.',
  'import-gone': 'Questa importazione è già ritirata o troppo vecchia. Elimina le sue persone una per una.',
  'import-unreadable': 'Il file non si può leggere. Controlla che sia vCard, CSV o LDIF.',
  'library-busy': 'La rubrica è occupata. Riprova tra un momento.',
  'library-damaged': 'Il file di contatti e chiamate è danneggiato. Riavvia Hookswitch.',
  'library-disk-error': 'Contatti e chiamate non si possono leggere o scrivere. Controlla il disco.',
  'library-failed': 'Qualcosa non è andato con contatti e chiamate. Riprova.',
  'library-interrupted': 'La rubrica è stata interrotta. Riprova.',
  'library-read-only': 'Contatti e chiamate non si possono scrivere. Controlla i permessi della cartella.',
  'library-request-invalid': 'Questa richiesta alla rubrica non è valida.',
  'library-slow': 'La rubrica impiega troppo. Riprova.',
  'library-stopped': 'La rubrica si è fermata e riparte. Riprova.',
  'login-method-unknown': 'Il server chiede un metodo di accesso che questo telefono non conosce.',
  'media-engine-stopped': 'La parte che porta l’audio è stata riavviata. Se tra poco non senti nulla, richiama.',
  'media-refused': 'L’altro telefono ha risposto ma rifiutato l’audio.',
  'media-unresponsive': 'L’audio non è ancora pronto. Attendi un momento e riprova.',
  'media-window-stopped': 'La parte che riproduce l’audio è stata riavviata. Se non senti nulla, richiama.',
  'message-empty': 'Non c’è testo da inviare.',
  'message-too-long': 'Questo messaggio è troppo lungo. Invialo in più parti.',
  'microphone-busy': 'Il microfono non si apre; forse lo usa un altro programma. Chiudilo o scegli un altro microfono.',
  'microphone-refused':
    'Hookswitch non può usare il microfono, non ti sentiranno. Consentilo nelle impostazioni di privacy.',
  'microphone-unplugged': 'Il microfono è stato scollegato. Ricollegalo; si usa subito.',
  'name-missing': 'Una persona ha bisogno di un nome.',
  'name-service-unreachable': 'L’indirizzo del server non si è potuto cercare. Controlla la connessione a Internet.',
  'no-account': 'Aggiungi prima il tuo account: Hookswitch ha bisogno di un server per chiamare.',
  'no-answer-from-phone': 'Il telefono non ha risposto. Chiudi questa finestra e riaprila.',
  'no-common-codec': 'I due telefoni non hanno alcun formato audio in comune.',
  'no-encryption': 'Questo computer ora non può cifrare la password. Sblocca il portachiavi e riprova.',
  'no-headset': 'Nessuna cuffia collegata. Collegala e premi prima i suoi pulsanti.',
  'no-headset-test': 'Non c’è ancora un risultato. Avvia prima la prova.',
  'no-microphone': 'Nessun microfono trovato, non ti sentiranno. Collegane uno; si usa subito.',
  'no-network-port': 'L’audio di questa chiamata non si è aperto in rete. Controlla la connessione e riprova.',
  'no-park-code':
    'Il numero che parcheggia una chiamata dipende dal tuo server. Scrivilo in Impostazioni, in Chiamate.',
  'no-picture': 'Nessuna immagine tua: videocamera o schermo non utilizzabili. L’audio continua.',
  'screens-unseen':
    'Hookswitch non può vedere il tuo schermo. Consentilo nelle impostazioni del sistema, alla voce privacy e registrazione dello schermo, poi riprova.',
  'no-sdp-in-answer': 'L’altra parte ha risposto senza dire come inviarle l’audio. Riprova.',
  'no-video-here': 'Il video richiede una chiamata WebRTC. L’audio continua.',
  'no-voicemail-number': 'Il server non indica il numero della segreteria. Scrivilo in Impostazioni, in Chiamate.',
  'not-a-sound-file': 'Questo file non è né WAV né Ogg. Scegli un file .wav, .ogg o .opus.',
  'not-allowed': 'Questa finestra non può farlo.',
  'not-available': 'Non disponibile al momento.',
  'not-dialable': 'Non è né un numero né un indirizzo che si possa chiamare.',
  'not-parked': 'Questa chiamata non è più parcheggiata.',
  'not-permitted': 'Non ne hai il diritto. Chiedi al tuo amministratore.',
  'not-published': 'Il server non accetta lo stato di questo telefono; gli altri non lo vedranno.',
  'not-reachable': 'Ora non sono raggiungibili: nessun loro telefono è connesso o è impostato per non squillare.',
  'not-ringing': 'Questa chiamata è stata rifiutata.',
  'not-saved': 'Il file non si è potuto scrivere lì. Scegli un’altra cartella.',
  'not-supported': 'Il server non lo offre.',
  'not-valid': 'Un valore non è valido. Controlla ciò che hai scritto.',
  'nothing-prepared': 'Raccogli prima il pacchetto di assistenza, poi salvalo.',
  'nothing-to-pick-up': 'Lì non squilla più nulla.',
  'number-unknown': 'Questo numero non esiste.',
  'password-missing': 'Il server chiede una password. Inseriscila nell’account.',
  'password-not-accepted':
    'Il server non ha accettato la password. Controlla le maiuscole o chiedine una nuova all’amministratore.',
  'person-gone': 'Questa persona non è più nei tuoi contatti.',
  'picture-refused': 'L’altro telefono non ha accettato l’immagine. Continuate a sentirvi.',
  'realm-changed':
    'Un server che non è il tuo ha chiesto la password, quindi non è stata inviata. Chiedi al tuo amministratore.',
  'recording-failed':
    'La registrazione si è fermata perché il file non si poteva scrivere. Controlla cartella e spazio sul disco.',
  'recording-folder': 'In quella cartella non si può registrare. Scegline un’altra nelle impostazioni.',
  'recording-gone': 'Questa registrazione non c’è più.',
  'redirected-in-circles':
    'Questo numero rinvia le chiamate in circolo, quindi non è stato chiamato. Chiedi al tuo amministratore.',
  'registration-brief':
    'Il server tiene registrato questo telefono per poco, potresti perdere chiamate. Chiedi più tempo all’amministratore.',
  'secure-connection-failed': 'La connessione sicura al server non è riuscita. Controlla porta e trasporto.',
  'directory-trouble': 'Il server della rubrica ha un problema interno. Riprovare più tardi.',
  'server-address-wrong':
    'Non è un indirizzo di server. È come sip.azienda.it, sip.azienda.it:5061 o wss://azienda.it/ws.',
  'server-certificate':
    'Il certificato di questo server non è attendibile, quindi non gli è stato inviato nulla. Controlla nome, data e file CA o chiedi al suo amministratore.',
  'server-moved':
    'Il server manda questo telefono a uno che non è suo, quindi lì non è stato inviato nulla. Chiedi al tuo amministratore.',
  'server-name-taken': 'Un’altra fonte ha già questo nome. Scegline uno che le distingua.',
  'server-refused': 'Il server ha rifiutato di registrare questo telefono. Chiedi al tuo amministratore.',
  'server-stuck':
    'Ciò che questo server ha inviato non si è potuto leggere in tempo, quindi è stato abbandonato. Chiedi al suo amministratore.',
  'server-trouble': 'Il server ha un guasto al momento. Il telefono continua a provare.',
  'server-unreachable': 'Il server non risponde. Controlla la connessione di rete; il telefono continua a provare.',
  'set-by-administrator':
    'Il tuo amministratore l’ha impostato per tutti, quindi qui non si può cambiare. Chiedigli di cambiarlo.',
  'settings-damaged':
    'Il file delle impostazioni era danneggiato. È stato messo da parte e Hookswitch ha ricominciato.',
  'settings-not-saved':
    'Le impostazioni non sono state salvate: la cartella non è scrivibile. Controlla il disco e riprova.',
  'settings-unreadable': 'Le impostazioni non si sono potute leggere. Hookswitch ha iniziato con nuove.',
  'silent-in':
    'Non senti nulla: dall’altra parte non arriva niente. Richiama; se continua, mostra questo all’amministratore.',
  'silent-out': 'Non ti sentono: da qui non arriva niente. Richiama; se continua, mostra questo all’amministratore.',
  'sound-blocked':
    'L’audio non passa tra le parti di Hookswitch. Forse lo blocca un programma di sicurezza; riavvia Hookswitch.',
  'sound-lost': 'L’audio di questa chiamata non si è potuto ripristinare. Richiama.',
  'speaker-unplugged': 'L’altoparlante è stato scollegato. Ricollegalo; si usa subito.',
  'subscription-final': 'Ciò che se ne sa non cambierà più.',
  'subscription-rejected': 'Non puoi vedere questo stato. Chiedi al tuo amministratore.',
  'subscription-unknown': 'Su questo server non esiste più.',
  'too-many-call-backs': 'Aspetti già troppe persone. Togline prima una dall’elenco.',
  'transfer-failed': 'Il trasferimento non è riuscito. Il chiamante è di nuovo con te.',
  'transfer-pending': 'Questa chiamata si sta già trasferendo. Attendi la risposta dell’altro telefono.',
  'transfer-refused': 'L’altro telefono ha rifiutato il trasferimento. Sei ancora connesso.',
  'transfer-unknown': 'L’altra parte non ha detto se il trasferimento è riuscito. Il chiamante è ancora qui.',
  'transfer-unsupported': 'L’altro telefono non si può trasferire: non sa come.',
  'vault-not-written': 'La password non si è potuta salvare: il disco è pieno o protetto. Vale fino all’uscita.',
  'video-off': 'Il video è disattivato. Attivalo in Impostazioni, in Chiamate, per mostrare un’immagine o vederla.',
  'websocket-refused': 'Il server ha rifiutato la connessione WebSocket. Controlla l’indirizzo con il percorso.',
  'server-silent': 'Il server non risponde. Controlli nome e porta, e se è raggiungibile da qui.',
  'server-too-much':
    'Il server ha risposto molto più di quanto chiesto; la risposta è stata scartata. Chieda al suo amministratore.',
  'server-garbage': 'La risposta del server non si capisce. Controlli nome, porta e cifratura.',
  'server-password': 'Il server non ha accettato nome e password. Li inserisca di nuovo.',
  'ca-file-unreadable': 'Il file CA non si può leggere. Controlli il percorso; deve essere un file PEM.',
  'directory-refused': 'Il server rifiuta la connessione. Controlli nome e porta.',
  'server-unknown': 'Non esiste un server con questo nome. Controlli l’ortografia e di essere in linea.',
  'server-hung-up': 'Il server ha interrotto la connessione. Controlli porta e cifratura, o riprovi.',
  'server-no-tls': 'Non è stato possibile stabilire una connessione sicura con il server. Controlli porta e cifratura.',
  'server-no-book':
    'Sul server non c’è una rubrica per Lei. Controlli l’indirizzo; forse serve un percorso, come /dav/.',
  'server-lies':
    'Il server elenca persone e non le consegna, quindi non è cambiato nulla. Chieda al suo amministratore.',
  'server-elsewhere':
    '{{domain}} indica {{address}} come server delle rubriche, che non è nel suo dominio. Se è il Suo server, lo inserisca come indirizzo; lì non è stato inviato nulla.',
  'server-no-service':
    'Il dominio indica di non avere un server delle rubriche. Controlli il dominio, o inserisca l’indirizzo completo del server.',
  'server-redirects':
    'Il server rimanda a un altro indirizzo. Se è il Suo server, lo inserisca; lì non è stato inviato nulla.',
  'server-forbids': 'Questo nome non può leggere qui. Ne indichi uno che può, con la sua password.',
  'server-address': 'Un indirizzo è fatto come https://dav.company.com. Nome e password hanno campi propri.',
  'server-not-encrypted':
    'Questo indirizzo non è cifrato: la password potrebbe essere letta lungo la strada. Usi https, o lo consenta qui sotto.',
  'server-no-starttls': 'Il server non offre StartTLS. Scelga TLS o un’altra porta.',
  'server-wants-encryption': 'Il server richiede una connessione cifrata. Scelga TLS o StartTLS.',
  'server-base': 'Il server non ha questa parte della directory. Controlli la base.',
  'server-filter': 'Il filtro non si capisce. Un filtro è fatto come (objectClass=person).',
} satisfies Catalog['problems'];
