// French words of the tray and of notifications.
import type { DesktopWords } from './en.ts';

export const fr = {
  inCall: 'En communication',
  doNotDisturb: 'Ne pas déranger',
  available: 'Disponible',
  connecting: 'Connexion…',
  offline: 'Hors ligne',
  answer: 'Répondre à {{name}}',
  decline: 'Refuser',
  endCall: 'Raccrocher',
  open: 'Ouvrir',
  muteRinger: 'Couper la sonnerie',
  callersHear: 'Les appelants entendent « occupé »',
  halfHour: '30 minutes',
  hour: '1 heure',
  tomorrow: 'Jusqu’à demain',
  untilTurnedOff: 'Jusqu’à désactivation',
  turnOff: 'Désactiver',
  lastCalls: 'Derniers appels',
  missed: 'Manqué : {{name}}',
  settings: 'Réglages',
  quit: 'Quitter',
  stillRunning: 'Hookswitch continue de fonctionner',
  stillRunningText: 'Il reste dans la barre système pour recevoir les appels. Vous pouvez le quitter à cet endroit.',
} satisfies Partial<DesktopWords>;
