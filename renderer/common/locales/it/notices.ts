// Italian words of notices and of why an account is offline.
import type { Words } from '../catalog.ts';
import type { en } from '../en/index.ts';

export const notices = {
  title: {
    offline: 'Ora non puoi essere chiamato',
    offlineAccount: '{{account}} ora non può essere chiamato',
    caution: 'Potresti perdere chiamate',
    cautionAccount: '{{account}} potrebbe perdere chiamate',
    settings: 'Le impostazioni erano danneggiate',
    library: 'Persone e chiamate erano danneggiate',
    provisioning: 'Il file di configurazione non è stato usato',
    'emergency-location': 'Ti trovi qui',
  },
  action: {
    'retry-registration': 'Prova ora',
    'open-accounts': 'Apri account',
    'open-audio-settings': 'Apri impostazioni',
    'dismiss-notice': 'Ignora',
  },
  cause: {
    'no-network': 'nessuna rete',
    'server-unreachable': 'server irraggiungibile',
    'server-trouble': 'guasto del server',
    'server-refused': 'rifiutato dal server',
    'server-moved': 'server spostato',
    'server-address-wrong': 'indirizzo del server errato',
    'host-unknown': 'server sconosciuto',
    'name-service-unreachable': 'servizio nomi irraggiungibile',
    'connection-refused': 'connessione rifiutata',
    'connection-lost': 'connessione persa',
    'secure-connection-failed': 'nessuna connessione sicura',
    'certificate-not-trusted': 'certificato non attendibile',
    'websocket-refused': 'WebSocket rifiutato',
    'login-method-unknown': 'metodo di accesso sconosciuto',
    'password-not-accepted': 'password non accettata',
    'password-missing': 'password mancante',
    'address-unknown': 'indirizzo sconosciuto',
    'account-forbidden': 'account non consentito',
    'realm-changed': 'altri chiedono la password',
  },
} satisfies Words<(typeof en)['notices']>;
