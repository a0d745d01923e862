// Italian words of the incoming-call pop-up.
import type { Words } from '../catalog.ts';
import type { en } from '../en/index.ts';

export const incoming = {
  title: 'Chiamata in arrivo',
  titleSilenced: 'Chiamata in arrivo, silenziata',
  titleMore_one: 'Chiamata in arrivo, un’altra',
  titleMore_other: 'Chiamata in arrivo, altre {{count}}',
  titleMoreSilenced_one: 'Chiamata in arrivo, silenziata, un’altra',
  titleMoreSilenced_other: 'Chiamata in arrivo, silenziata, altre {{count}}',
  from: 'Chiamata in arrivo da {{name}}',
  several_one: '{{count}} chiamata in arrivo',
  several_other: '{{count}} chiamate in arrivo',
  titleItself: 'Risposta automatica',
  forwardedFrom: 'Deviata da {{name}}',
  takesPlace: 'Prende il posto della chiamata con {{name}}',
  lastCall: 'Ultima chiamata: {{when}}, {{what}}',
  last: {
    talked: 'avete parlato',
    missed: 'persa',
    declined: 'rifiutata da te',
    toThem: 'hai chiamato tu',
  },
  notInContacts: 'Non è nei tuoi contatti',
  messageInstead: 'Invia invece un messaggio',
  message: {
    later: 'Ora non posso parlare. Richiamo io.',
    meeting: 'Sono in riunione. È urgente?',
    write: 'Mi scriva, per favore.',
  },
  declineOne: 'Rifiuta {{name}}',
  answerOne: 'Rispondi a {{name}}',
} satisfies Words<(typeof en)['incoming']>;
