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
  titleItself: 'Se contesta automáticamente',
  forwardedFrom: 'Desviada desde {{name}}',
  takesPlace: 'Sustituye su llamada con {{name}}',
  lastCall: 'Última llamada, {{when}}: {{what}}',
  last: {
    talked: 'hablaron',
    missed: 'perdida',
    declined: 'usted la rechazó',
    toThem: 'llamó usted',
  },
  notInContacts: 'No está en sus contactos',
  messageInstead: 'Enviar un mensaje en su lugar',
  message: {
    later: 'Ahora no puedo hablar. Le llamaré más tarde.',
    meeting: 'Estoy en una reunión. ¿Es urgente?',
    write: 'Escríbame, por favor.',
  },
  declineOne: 'Rechazar a {{name}}',
  answerOne: 'Contestar a {{name}}',
} satisfies Words<(typeof en)['incoming']>;
