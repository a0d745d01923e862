// Polish words of the incoming-call pop-up.
import type { Words } from '../catalog.ts';
import type { en } from '../en/index.ts';

export const incoming = {
  title: 'Połączenie przychodzące',
  titleSilenced: 'Połączenie przychodzące, uciszone',
  titleMore: 'Połączenie przychodzące, jeszcze {{count}}',
  titleMoreSilenced: 'Połączenie przychodzące, uciszone, jeszcze {{count}}',
  from: 'Dzwoni {{name}}',
  several_one: '{{count}} połączenie przychodzące',
  several_few: '{{count}} połączenia przychodzące',
  several_many: '{{count}} połączeń przychodzących',
  several_other: '{{count}} połączenia przychodzącego',
  titleItself: 'Odbiera automatycznie',
  forwardedFrom: 'Przekierowane od: {{name}}',
  takesPlace: 'Zastępuje twoją rozmowę: {{name}}',
  lastCall: 'Ostatnie połączenie: {{when}}, {{what}}',
  last: {
    talked: 'rozmowa się odbyła',
    missed: 'nieodebrane',
    declined: 'odrzucone przez ciebie',
    toThem: 'wychodzące',
  },
  notInContacts: 'Nie ma w twoich kontaktach',
  messageInstead: 'Wyślij zamiast tego wiadomość',
  message: {
    later: 'Nie mogę teraz rozmawiać. Oddzwonię.',
    meeting: 'Jestem na spotkaniu. Czy to pilne?',
    write: 'Proszę do mnie napisać.',
  },
  declineOne: 'Odrzuć: {{name}}',
  answerOne: 'Odbierz: {{name}}',
} satisfies Words<(typeof en)['incoming']>;
