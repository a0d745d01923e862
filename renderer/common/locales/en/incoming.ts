// English words of the incoming-call pop-up.
export const incoming = {
  title: 'Incoming call',
  titleSilenced: 'Incoming call, silenced',
  titleMore: 'Incoming call, {{count}} more',
  titleMoreSilenced: 'Incoming call, silenced, {{count}} more',
  from: 'Incoming call from {{name}}',
  several: '{{count}} incoming calls',
  notInContacts: 'Not in your contacts',
  declineOne: 'Decline {{name}}',
  answerOne: 'Answer {{name}}',
} as const;
