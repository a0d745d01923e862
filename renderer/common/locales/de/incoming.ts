// German words of the incoming-call pop-up.
import type { Words } from '../catalog.ts';
import type { en } from '../en/index.ts';

export const incoming = {
  title: 'Eingehender Anruf',
  titleSilenced: 'Eingehender Anruf, lautlos',
  titleMore: 'Eingehender Anruf, {{count}} weitere',
  titleMoreSilenced: 'Eingehender Anruf, lautlos, {{count}} weitere',
  from: 'Eingehender Anruf von {{name}}',
  several_one: '{{count}} eingehender Anruf',
  several_other: '{{count}} eingehende Anrufe',
  notInContacts: 'Nicht in Ihren Kontakten',
  declineOne: '{{name}} ablehnen',
  answerOne: '{{name}} annehmen',
} satisfies Words<(typeof en)['incoming']>;
