// Polish words of notices and of why an account is offline.
import type { Words } from '../catalog.ts';
import type { en } from '../en/index.ts';

export const notices = {
  title: {
    offline: 'Nie można teraz do ciebie zadzwonić',
    offlineAccount: 'Nie można teraz zadzwonić na {{account}}',
    caution: 'Możesz nie odebrać połączeń',
    cautionAccount: '{{account}} może nie odebrać połączeń',
    settings: 'Ustawienia były uszkodzone',
    library: 'Osoby i połączenia były uszkodzone',
    provisioning: 'Plik konfiguracyjny nie został użyty',
    'emergency-location': 'Jesteś tutaj',
  },
  action: {
    'retry-registration': 'Spróbuj teraz',
    'open-accounts': 'Otwórz konto',
    'open-audio-settings': 'Otwórz ustawienia',
    'dismiss-notice': 'Odrzuć',
  },
  cause: {
    'no-network': 'brak sieci',
    'server-unreachable': 'serwer nieosiągalny',
    'server-trouble': 'awaria serwera',
    'server-refused': 'serwer odmówił',
    'server-moved': 'serwer przeniesiony',
    'server-address-wrong': 'zły adres serwera',
    'host-unknown': 'nieznany serwer',
    'name-service-unreachable': 'usługa nazw nieosiągalna',
    'connection-refused': 'połączenie odrzucone',
    'connection-lost': 'połączenie utracone',
    'secure-connection-failed': 'brak bezpiecznego połączenia',
    'certificate-not-trusted': 'niezaufany certyfikat',
    'websocket-refused': 'WebSocket odrzucony',
    'login-method-unknown': 'nieznany sposób logowania',
    'password-not-accepted': 'hasło nieprzyjęte',
    'password-missing': 'brak hasła',
    'address-unknown': 'nieznany adres',
    'account-forbidden': 'konto niedozwolone',
    'realm-changed': 'kto inny pyta o hasło',
  },
} satisfies Words<(typeof en)['notices']>;
