// Italian words of the tray and of notifications.
import type { DesktopWords } from './en.ts';

export const it = {
  inCall: 'In chiamata',
  doNotDisturb: 'Non disturbare',
  available: 'Disponibile',
  connecting: 'Connessione…',
  offline: 'Non in linea',
  answer: 'Rispondi a {{name}}',
  decline: 'Rifiuta',
  endCall: 'Riaggancia',
  open: 'Apri',
  muteRinger: 'Silenzia la suoneria',
  callersHear: 'Chi chiama sente «occupato»',
  halfHour: '30 minuti',
  hour: '1 ora',
  tomorrow: 'Fino a domani',
  untilTurnedOff: 'Fino alla disattivazione',
  turnOff: 'Disattiva',
  lastCalls: 'Ultime chiamate',
  missed: 'Persa: {{name}}',
  settings: 'Impostazioni',
  quit: 'Esci',
  stillRunning: 'Hookswitch è ancora in funzione',
  stillRunningText: 'Resta nell’area di notifica per ricevere le chiamate. Si chiude da lì.',
} satisfies Partial<DesktopWords>;
