// French words of the incoming-call pop-up.
import type { Words } from '../catalog.ts';
import type { en } from '../en/index.ts';

export const incoming = {
  title: 'Appel entrant',
  titleSilenced: 'Appel entrant, silencieux',
  titleMore_one: 'Appel entrant, {{count}} autre',
  titleMore_other: 'Appel entrant, {{count}} autres',
  titleMoreSilenced_one: 'Appel entrant, silencieux, {{count}} autre',
  titleMoreSilenced_other: 'Appel entrant, silencieux, {{count}} autres',
  from: 'Appel entrant de {{name}}',
  several_one: '{{count}} appel entrant',
  several_other: '{{count}} appels entrants',
  notInContacts: 'Pas dans vos contacts',
  declineOne: 'Refuser {{name}}',
  answerOne: 'Répondre à {{name}}',
} satisfies Words<(typeof en)['incoming']>;
