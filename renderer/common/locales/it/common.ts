// Italian words that every window uses.
import type { Words } from '../catalog.ts';
import type { en } from '../en/index.ts';

export const common = {
  add: 'Aggiungi',
  back: 'Indietro',
  call: 'Chiama',
  cancel: 'Annulla',
  clear: 'Cancella',
  close: 'Chiudi',
  delete: 'Elimina',
  done: 'Fatto',
  edit: 'Modifica',
  more: 'Altro',
  remove: 'Rimuovi',
  save: 'Salva',
  tryAgain: 'Riprova',
  tryNow: 'Prova ora',
  undo: 'Annulla',
  today: 'Oggi',
  yesterday: 'Ieri',
  available: 'Disponibile',
  connecting: 'Connessione…',
  offline: 'Non in linea',
  offlineCause: 'Non in linea: {{cause}}',
  off: 'No',
  doNotDisturb: 'Non disturbare',
  working: 'In corso…',
  noAnswerFromPhone: 'Il telefono non ha risposto. Chiudi questa finestra e riaprila.',
} satisfies Words<(typeof en)['common']>;
