// German words that every window uses.
import type { Words } from '../catalog.ts';
import type { en } from '../en/index.ts';

export const common = {
  add: 'Hinzufügen',
  back: 'Zurück',
  call: 'Anrufen',
  cancel: 'Abbrechen',
  clear: 'Leeren',
  close: 'Schließen',
  delete: 'Löschen',
  done: 'Fertig',
  edit: 'Bearbeiten',
  more: 'Mehr',
  remove: 'Entfernen',
  save: 'Sichern',
  tryAgain: 'Erneut versuchen',
  tryNow: 'Jetzt versuchen',
  undo: 'Rückgängig',
  today: 'Heute',
  yesterday: 'Gestern',
  available: 'Erreichbar',
  connecting: 'Verbinden …',
  offline: 'Offline',
  offlineCause: 'Offline: {{cause}}',
  off: 'Aus',
  doNotDisturb: 'Nicht stören',
  working: 'Wird bearbeitet …',
  noAnswerFromPhone: 'Das Telefon hat nicht geantwortet. Schließen Sie dieses Fenster und öffnen Sie es wieder.',
} satisfies Words<(typeof en)['common']>;
