// Portuguese words of the tray and of notifications.
import type { DesktopWords } from './en.ts';

export const pt = {
  inCall: 'Em chamada',
  doNotDisturb: 'Não incomodar',
  available: 'Disponível',
  connecting: 'A ligar…',
  offline: 'Offline',
  answer: 'Atender {{name}}',
  decline: 'Rejeitar',
  endCall: 'Desligar',
  open: 'Abrir',
  muteRinger: 'Silenciar o toque',
  callersHear: 'Quem liga ouve “ocupado”',
  halfHour: '30 minutos',
  hour: '1 hora',
  tomorrow: 'Até amanhã',
  untilTurnedOff: 'Até desativar',
  turnOff: 'Desativar',
  lastCalls: 'Últimas chamadas',
  missed: 'Perdida: {{name}}',
  settings: 'Definições',
  quit: 'Sair',
  stillRunning: 'O Hookswitch continua em execução',
  stillRunningText: 'Fica na área de notificação para receber chamadas. Pode sair dele aí.',
} satisfies Partial<DesktopWords>;
