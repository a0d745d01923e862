// Polish words that every window uses.
import type { Words } from '../catalog.ts';
import type { en } from '../en/index.ts';

export const common = {
  add: 'Dodaj',
  back: 'Wstecz',
  call: 'Zadzwoń',
  cancel: 'Anuluj',
  clear: 'Wyczyść',
  close: 'Zamknij',
  delete: 'Usuń',
  done: 'Gotowe',
  edit: 'Edytuj',
  more: 'Więcej',
  remove: 'Usuń',
  save: 'Zapisz',
  tryAgain: 'Spróbuj ponownie',
  tryNow: 'Spróbuj teraz',
  undo: 'Cofnij',
  today: 'Dzisiaj',
  yesterday: 'Wczoraj',
  available: 'Dostępny',
  connecting: 'Łączenie…',
  offline: 'Offline',
  offlineCause: 'Offline: {{cause}}',
  off: 'Wył.',
  doNotDisturb: 'Nie przeszkadzać',
  working: 'Trwa…',
  noAnswerFromPhone: 'Telefon nie odpowiedział. Zamknij to okno i otwórz je ponownie.',
} satisfies Words<(typeof en)['common']>;
