// Polish words of the tray and of notifications.
import type { DesktopWords } from './en.ts';

export const pl = {
  inCall: 'Trwa rozmowa',
  doNotDisturb: 'Nie przeszkadzać',
  available: 'Dostępny',
  connecting: 'Łączenie…',
  offline: 'Offline',
  answer: 'Odbierz: {{name}}',
  decline: 'Odrzuć',
  endCall: 'Zakończ',
  open: 'Otwórz',
  muteRinger: 'Wycisz dzwonek',
  callersHear: 'Dzwoniący słyszą „zajęte”',
  halfHour: '30 minut',
  hour: '1 godzina',
  tomorrow: 'Do jutra',
  untilTurnedOff: 'Do wyłączenia',
  turnOff: 'Wyłącz',
  lastCalls: 'Ostatnie połączenia',
  missed: 'Nieodebrane: {{name}}',
  settings: 'Ustawienia',
  quit: 'Zakończ program',
  stillRunning: 'Hookswitch nadal działa',
  stillRunningText: 'Pozostaje w zasobniku, aby odbierać połączenia. Tam można zakończyć program.',
} satisfies Partial<DesktopWords>;
