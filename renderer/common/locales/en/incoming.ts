// English words of the incoming-call pop-up.
export const incoming = {
  title: 'Incoming call',
  titleSilenced: 'Incoming call, silenced',
  titleMore: 'Incoming call, {{count}} more',
  titleMoreSilenced: 'Incoming call, silenced, {{count}} more',
  from: 'Incoming call from {{name}}',
  several: '{{count}} incoming calls',
  titleItself: 'Answers by itself',
  forwardedFrom: 'Forwarded from {{name}}',
  takesPlace: 'Takes the place of your call with {{name}}',
  lastCall: 'Last call {{when}}: {{what}}',
  last: {
    talked: 'you talked',
    missed: 'missed',
    declined: 'you declined',
    toThem: 'you called them',
  },
  notInContacts: 'Not in your contacts',
  messageInstead: 'Send a message instead',
  message: {
    later: 'I cannot talk now. I will call you back.',
    meeting: 'I am in a meeting. Is it urgent?',
    write: 'Please write to me.',
  },
  declineOne: 'Decline {{name}}',
  answerOne: 'Answer {{name}}',
} as const;
