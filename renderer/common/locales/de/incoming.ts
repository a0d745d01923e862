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
  titleItself: 'Wird von selbst angenommen',
  forwardedFrom: 'Umgeleitet von {{name}}',
  takesPlace: 'Tritt an die Stelle Ihres Gesprächs mit {{name}}',
  lastCall: 'Letzter Anruf: {{when}}, {{what}}',
  last: {
    talked: 'Sie haben gesprochen',
    missed: 'verpasst',
    declined: 'Sie haben abgelehnt',
    toThem: 'Sie haben angerufen',
  },
  notInContacts: 'Nicht in Ihren Kontakten',
  messageInstead: 'Stattdessen Nachricht senden',
  message: {
    later: 'Ich kann gerade nicht sprechen. Ich rufe Sie zurück.',
    meeting: 'Ich bin in einer Besprechung. Ist es dringend?',
    write: 'Bitte schreiben Sie mir.',
  },
  declineOne: '{{name}} ablehnen',
  answerOne: '{{name}} annehmen',
} satisfies Words<(typeof en)['incoming']>;
