// Spanish words that every window uses.
import type { Words } from '../catalog.ts';
import type { en } from '../en/index.ts';

export const common = {
  add: 'Añadir',
  back: 'Atrás',
  call: 'Llamar',
  cancel: 'Cancelar',
  clear: 'Borrar',
  close: 'Cerrar',
  delete: 'Eliminar',
  done: 'Listo',
  edit: 'Editar',
  more: 'Más',
  remove: 'Quitar',
  save: 'Guardar',
  tryAgain: 'Reintentar',
  tryNow: 'Probar ahora',
  undo: 'Deshacer',
  today: 'Hoy',
  yesterday: 'Ayer',
  available: 'Disponible',
  connecting: 'Conectando…',
  offline: 'Sin conexión',
  offlineCause: 'Sin conexión: {{cause}}',
  off: 'No',
  doNotDisturb: 'No molestar',
  working: 'En curso…',
  noAnswerFromPhone: 'El teléfono no respondió. Cierre esta ventana y vuelva a abrirla.',
} satisfies Words<(typeof en)['common']>;
