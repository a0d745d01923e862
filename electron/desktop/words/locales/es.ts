// Spanish words of the tray and of notifications.
import type { DesktopWords } from './en.ts';

export const es = {
  inCall: 'En una llamada',
  doNotDisturb: 'No molestar',
  available: 'Disponible',
  connecting: 'Conectando…',
  offline: 'Sin conexión',
  answer: 'Contestar a {{name}}',
  decline: 'Rechazar',
  endCall: 'Colgar',
  open: 'Abrir',
  muteRinger: 'Silenciar el timbre',
  callersHear: 'Quien llama oye «ocupado»',
  halfHour: '30 minutos',
  hour: '1 hora',
  tomorrow: 'Hasta mañana',
  untilTurnedOff: 'Hasta que lo desactive',
  turnOff: 'Desactivar',
  lastCalls: 'Últimas llamadas',
  missed: 'Perdida: {{name}}',
  settings: 'Ajustes',
  quit: 'Salir',
  stillRunning: 'Hookswitch sigue en marcha',
  stillRunningText: 'Permanece en la bandeja para recibir llamadas. Puede cerrarlo allí.',
} satisfies Partial<DesktopWords>;
