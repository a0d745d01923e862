// French words of notices and of why an account is offline.
import type { Words } from '../catalog.ts';
import type { en } from '../en/index.ts';

export const notices = {
  title: {
    offline: 'On ne peut pas vous appeler pour le moment',
    offlineAccount: '{{account}} ne peut pas être appelé pour le moment',
    caution: 'Vous pourriez manquer des appels',
    cautionAccount: '{{account}} pourrait manquer des appels',
    settings: 'Les réglages étaient endommagés',
    library: 'Les contacts et les appels étaient endommagés',
    provisioning: 'Le fichier de configuration n’a pas été utilisé',
    'emergency-location': 'Vous êtes ici',
  },
  action: {
    'retry-registration': 'Essayer maintenant',
    'open-accounts': 'Ouvrir le compte',
    'open-audio-settings': 'Ouvrir les réglages',
    'dismiss-notice': 'Ignorer',
  },
  cause: {
    'no-network': 'pas de réseau',
    'server-unreachable': 'serveur injoignable',
    'server-trouble': 'panne du serveur',
    'server-refused': 'refusé par le serveur',
    'server-moved': 'serveur déplacé',
    'server-address-wrong': 'adresse du serveur incorrecte',
    'host-unknown': 'serveur inconnu',
    'name-service-unreachable': 'service de noms injoignable',
    'connection-refused': 'connexion refusée',
    'connection-lost': 'connexion perdue',
    'secure-connection-failed': 'pas de connexion sécurisée',
    'certificate-not-trusted': 'certificat non fiable',
    'websocket-refused': 'WebSocket refusé',
    'login-method-unknown': 'méthode de connexion inconnue',
    'password-not-accepted': 'mot de passe refusé',
    'password-missing': 'mot de passe manquant',
    'address-unknown': 'adresse inconnue',
    'account-forbidden': 'compte non autorisé',
    'realm-changed': 'mot de passe demandé par un autre',
  },
} satisfies Words<(typeof en)['notices']>;
