// English words of the tray and of notifications.
export const en = {
  inCall: 'In a call',
  doNotDisturb: 'Do not disturb',
  forwarded: 'Forwarded to {{number}}',
  forwardedBusy: 'When busy to {{number}}',
  forwardedUnanswered: 'Unanswered to {{number}}',
  forwardingOff: 'Turn off forwarding',
  available: 'Available',
  connecting: 'Connecting...',
  offline: 'Offline',
  answer: 'Answer {{name}}',
  decline: 'Decline',
  mute: 'Mute microphone',
  endCall: 'End call',
  open: 'Open',
  muteRinger: 'Mute ringer',
  callersHear: 'Callers hear “busy”',
  halfHour: '30 minutes',
  hour: '1 hour',
  tomorrow: 'Until tomorrow',
  untilTurnedOff: 'Until turned off',
  turnOff: 'Turn off',
  lastCalls: 'Last calls',
  missed: 'Missed: {{name}}',
  settings: 'Settings',
  quit: 'Quit',
  stillRunning: 'Hookswitch is still running',
  stillRunningText: 'It stays in the tray to receive calls. Quit it there.',
} as const;

/** A language may lack some; they are said in English then. */
export type DesktopWords = Record<keyof typeof en, string>;
