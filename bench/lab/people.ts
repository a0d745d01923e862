// People who do not exist, always the same: for the benches of the directory, with what would be typed to find them.
import type { PersonDraft, PhoneNumber } from '../../contract/index.ts';
import { keysOf } from '../../electron/directory/dial-keys.ts';
import { fold, words } from '../../electron/store/index.ts';

export interface MadePerson {
  draft: PersonDraft & { id: string };
  last: string;
  first: string;
}

export interface MadeQuery {
  text: string;
  /** Who is meant. */
  id: string;
}

export const queryClasses = ['prefix', 'inside', 'two_words', 't9', 'digits', 'typo'] as const;
export type QueryClass = (typeof queryClasses)[number];

const firstNames =
  'Anna Jürgen Łukasz Zoë José María François Élodie Søren Åse Ömer Çağla Tomáš Jiří Žaneta Štěpán Ágnes Ioana Ólafur Þóra Björn René Chloé Mateusz Agnieszka Michał Peter Paul Mary John Robert Linda Sarah David Emma Liam Noah Sophie Giulia João Conceição Ivana Dušan Đorđe Željko Petra Päivi Rasa Jānis Márton Zoltán Eszter Hélène Benoît'.split(
    ' ',
  );
const stems =
  'Novák Dvořák Černý Procházka Horák Müller Schröder Weiß Jäger Böhm García Fernández González Pérez Muñoz Kowalski Wiśniewski Wójcik Szymański Nowak Ångström Lindström Bjørnson Østergård Sørensen Yılmaz Öztürk Nguyễn Trần Hoàng Smith Johnson Williams Brown Miller Davis Wilson Taylor Thomas Martin Jackson Thompson Harris Clark Walker Young Wright Scott Carter Mitchell Lefèvre Hébert Bélanger Papadopoulos Horváth Szabó Kovács Popescu Bērziņš Virtanen'.split(
    ' ',
  );
const endings = 'an el ka mi ro ta ve lo shi ber gen hof mann sen ski ova quist berg stad field ton wick ley'.split(
  ' ',
);
const companies = 'Contoso Fabrikam Globex Initech Umbrella Acme Hooli Soylent Wonka Škoda Østfold Société'.split(' ');
const countries = ['420', '49', '33', '44', '1', '48', '34', '421', '36'];

/** Three numbers each: an international one, an extension or a second one, a SIP address. */
export function madePeople(count: number): MadePerson[] {
  const random = seeded(7);
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? '';
  const digits = (length: number) => String(Math.floor(10 ** (length - 1) * (1 + random() * 9)));
  return Array.from({ length: count }, (_, index) => {
    const last = pick(stems) + (random() < 0.5 ? pick(endings) : '') + (random() < 0.1 ? `-${pick(stems)}` : '');
    const first = pick(firstNames) + (random() < 0.15 ? ` ${pick(firstNames)}` : '');
    const numbers: PhoneNumber[] = [
      { value: `+${pick(countries)}${digits(9)}`, kind: 'work' },
      random() < 0.4
        ? { value: digits(4), kind: 'extension' }
        : { value: `+${pick(countries)}${digits(9)}`, kind: 'mobile' },
      { value: `sip:user${index}@pbx.example`, kind: 'sip' },
    ];
    const draft = { id: `made-${index}`, name: `${first} ${last}`, company: `${pick(companies)} GmbH`, numbers };
    return { draft, last, first };
  });
}

/** Key after key, as `people` are typed for. */
export function madeQueries(made: readonly MadePerson[], persons = 60): Record<QueryClass, MadeQuery[]> {
  const random = seeded(99);
  const found: Record<QueryClass, MadeQuery[]> = {
    prefix: [],
    inside: [],
    two_words: [],
    t9: [],
    digits: [],
    typo: [],
  };
  for (let person = 0; person < persons; person += 1) {
    const one = made[Math.floor(random() * made.length)];
    if (!one) continue;
    const { id } = one.draft;
    const keys = (kind: QueryClass, text: string, from: number, to: number) => {
      for (let end = from; end <= Math.min(to, text.length); end += 1)
        found[kind].push({ text: text.slice(0, end), id });
    };
    const [last = ''] = words(one.last);
    keys('prefix', last, 1, 8);
    keys('inside', last.slice(Math.min(2, last.length - 3)), 3, 7);
    keys('two_words', `${fold(one.first).slice(0, 3)} ${last}`, 5, 10);
    keys('t9', keysOf(last), 2, 8);
    keys('digits', (one.draft.numbers[0]?.value ?? '').slice(-7), 3, 7);
    if (last.length <= 5) continue;
    const at = 2 + Math.floor(random() * (last.length - 4));
    found.typo.push({ text: last.slice(0, at) + last.slice(at + 1), id });
    found.typo.push({ text: last.slice(0, at) + last.charAt(at + 1) + last.charAt(at) + last.slice(at + 2), id });
  }
  return found;
}

/** mulberry32: the same numbers on every machine. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
