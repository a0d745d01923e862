// Spanish words of notices and of why an account is offline.
import type { Words } from '../catalog.ts';
import type { en } from '../en/index.ts';

export const notices = {
  title: {
    offline: 'Ahora no se le puede llamar',
    offlineAccount: 'Ahora no se puede llamar a {{account}}',
    caution: 'Puede perder llamadas',
    cautionAccount: '{{account}} puede perder llamadas',
    settings: 'Los ajustes estaban dañados',
    library: 'Los contactos y las llamadas estaban dañados',
    provisioning: 'El archivo de configuración no se usó',
    'emergency-location': 'Usted está aquí',
  },
  action: {
    'retry-registration': 'Probar ahora',
    'open-accounts': 'Abrir cuenta',
    'open-audio-settings': 'Abrir ajustes',
    'dismiss-notice': 'Descartar',
  },
  cause: {
    'no-network': 'sin red',
    'server-unreachable': 'servidor inaccesible',
    'server-trouble': 'avería del servidor',
    'server-refused': 'rechazado por el servidor',
    'server-moved': 'servidor trasladado',
    'server-address-wrong': 'dirección del servidor incorrecta',
    'host-unknown': 'servidor desconocido',
    'name-service-unreachable': 'servicio de nombres inaccesible',
    'connection-refused': 'conexión rechazada',
    'connection-lost': 'conexión perdida',
    'secure-connection-failed': 'sin conexión segura',
    'certificate-not-trusted': 'certificado no fiable',
    'websocket-refused': 'WebSocket rechazado',
    'login-method-unknown': 'método de acceso desconocido',
    'password-not-accepted': 'contraseña no aceptada',
    'password-missing': 'falta la contraseña',
    'address-unknown': 'dirección desconocida',
    'account-forbidden': 'cuenta no permitida',
    'realm-changed': 'otro pide la contraseña',
  },
} satisfies Words<(typeof en)['notices']>;
