// German words of the tray and of notifications.
import type { DesktopWords } from './en.ts';

export const de = {
  inCall: 'Im Gespräch',
  doNotDisturb: 'Nicht stören',
  available: 'Erreichbar',
  connecting: 'Verbinden …',
  offline: 'Offline',
  answer: '{{name}} annehmen',
  decline: 'Ablehnen',
  endCall: 'Auflegen',
  open: 'Öffnen',
  muteRinger: 'Klingelton stumm',
  callersHear: 'Anrufer hören „besetzt“',
  halfHour: '30 Minuten',
  hour: '1 Stunde',
  tomorrow: 'Bis morgen',
  untilTurnedOff: 'Bis ich es ausschalte',
  turnOff: 'Ausschalten',
  lastCalls: 'Letzte Anrufe',
  missed: 'Verpasst: {{name}}',
  settings: 'Einstellungen',
  quit: 'Beenden',
  stillRunning: 'Hookswitch läuft weiter',
  stillRunningText: 'Es bleibt im Infobereich, um Anrufe anzunehmen. Dort lässt es sich beenden.',
} satisfies Partial<DesktopWords>;
