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
  titleItself: 'Réponse automatique',
  forwardedFrom: 'Renvoyé par {{name}}',
  takesPlace: 'Prend la place de votre appel avec {{name}}',
  lastCall: 'Dernier appel : {{when}}, {{what}}',
  last: {
    talked: 'vous avez parlé',
    missed: 'manqué',
    declined: 'vous avez refusé',
    toThem: 'vous avez appelé',
  },
  notInContacts: 'Pas dans vos contacts',
  messageInstead: 'Envoyer plutôt un message',
  message: {
    later: 'Je ne peux pas parler maintenant. Je vous rappelle.',
    meeting: 'Je suis en réunion. Est-ce urgent ?',
    write: 'Écrivez-moi, s’il vous plaît.',
  },
  declineOne: 'Refuser {{name}}',
  answerOne: 'Répondre à {{name}}',
} satisfies Words<(typeof en)['incoming']>;
