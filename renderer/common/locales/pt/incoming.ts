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
  notInContacts: 'Não está nos seus contactos',
  declineOne: 'Rejeitar {{name}}',
  answerOne: 'Atender {{name}}',
} satisfies Words<(typeof en)['incoming']>;
