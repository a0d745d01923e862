// German words of notices and of why an account is offline.
import type { Words } from '../catalog.ts';
import type { en } from '../en/index.ts';

export const notices = {
  title: {
    offline: 'Sie können gerade nicht angerufen werden',
    offlineAccount: '{{account}} kann gerade nicht angerufen werden',
    caution: 'Sie könnten Anrufe verpassen',
    cautionAccount: '{{account}} könnte Anrufe verpassen',
    settings: 'Die Einstellungen waren beschädigt',
    library: 'Kontakte und Anrufe waren beschädigt',
    provisioning: 'Die Einrichtungsdatei wurde nicht benutzt',
    'emergency-location': 'Sie sind hier',
  },
  action: {
    'retry-registration': 'Jetzt versuchen',
    'open-accounts': 'Konto öffnen',
    'open-audio-settings': 'Einstellungen öffnen',
    'dismiss-notice': 'Ausblenden',
  },
  cause: {
    'no-network': 'kein Netz',
    'server-unreachable': 'Server nicht erreichbar',
    'server-trouble': 'Störung beim Server',
    'server-refused': 'vom Server abgewiesen',
    'server-moved': 'Server umgezogen',
    'server-address-wrong': 'Serveradresse falsch',
    'host-unknown': 'Server unbekannt',
    'name-service-unreachable': 'Namensdienst nicht erreichbar',
    'connection-refused': 'Verbindung abgewiesen',
    'connection-lost': 'Verbindung verloren',
    'secure-connection-failed': 'keine sichere Verbindung',
    'certificate-not-trusted': 'Zertifikat nicht vertrauenswürdig',
    'websocket-refused': 'WebSocket abgewiesen',
    'login-method-unknown': 'Anmeldeart unbekannt',
    'password-not-accepted': 'Passwort nicht angenommen',
    'password-missing': 'Passwort fehlt',
    'address-unknown': 'Adresse unbekannt',
    'account-forbidden': 'Konto nicht zugelassen',
    'realm-changed': 'fremde Passwortabfrage',
  },
} satisfies Words<(typeof en)['notices']>;
