// Spanish words of the incoming-call pop-up.
import type { Words } from '../catalog.ts';
import type { en } from '../en/index.ts';

export const incoming = {
  title: 'Llamada entrante',
  titleSilenced: 'Llamada entrante, silenciada',
  titleMore: 'Llamada entrante, {{count}} más',
  titleMoreSilenced: 'Llamada entrante, silenciada, {{count}} más',
  from: 'Llamada entrante de {{name}}',
  several_one: '{{count}} llamada entrante',
  several_other: '{{count}} llamadas entrantes',
  notInContacts: 'No está en sus contactos',
  declineOne: 'Rechazar a {{name}}',
  answerOne: 'Contestar a {{name}}',
} satisfies Words<(typeof en)['incoming']>;
