// Portuguese words of the incoming-call pop-up.
import type { Words } from '../catalog.ts';
import type { en } from '../en/index.ts';

export const incoming = {
  title: 'Chamada recebida',
  titleSilenced: 'Chamada recebida, silenciada',
  titleMore: 'Chamada recebida, mais {{count}}',
  titleMoreSilenced: 'Chamada recebida, silenciada, mais {{count}}',
  from: 'Chamada de {{name}}',
  several_one: '{{count}} chamada recebida',
  several_other: '{{count}} chamadas recebidas',
  titleItself: 'Atende automaticamente',
  forwardedFrom: 'Reencaminhada de {{name}}',
  takesPlace: 'Substitui a sua chamada com {{name}}',
  lastCall: 'Última chamada, {{when}}: {{what}}',
  last: {
    talked: 'falaram',
    missed: 'perdida',
    declined: 'rejeitou-a',
    toThem: 'ligou você',
  },
  notInContacts: 'Não está nos seus contactos',
  messageInstead: 'Enviar antes uma mensagem',
  message: {
    later: 'Agora não posso falar. Ligo-lhe mais tarde.',
    meeting: 'Estou numa reunião. É urgente?',
    write: 'Escreva-me, por favor.',
  },
  declineOne: 'Rejeitar {{name}}',
  answerOne: 'Atender {{name}}',
} satisfies Words<(typeof en)['incoming']>;
