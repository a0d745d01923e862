// People and calls of the design's screens, for the fake bridge. Not in the product.
import type { CallRecord, PageOf, Person, PersonRow, PhoneNumber, Query } from '../../contract/index.ts';

type Seed = readonly [name: string, company: string, numbers: string, favourite?: boolean, source?: string];

const seeds: readonly Seed[] = [
  ['Nora Keller', 'Keller & Co', '+41 44 123 45 67', true],
  ['Tom Weber', 'Support', '+41 44 500 10 88', true],
  ['Aisha Rahman', 'Marketing', '4407', true],
  ['Luca Moretti', 'Purchasing', '4412', true],
  ['Sofia Ibarra', 'Legal', '4433', true],
  ['Reception', 'Example AG', '4400', true],
  ['Daniel Abt', 'Purchasing', '4425'],
  ['Leila Amrani', 'Legal', '4431'],
  ['Jonas Bärtschi', 'Service desk', '4402'],
  ['Bergmann & Söhne', 'Supplier', '+49 30 23125 014', false, 'Outlook'],
  ['Claire Bonnet', 'Finance', '4418'],
  ['Marco Conti', 'Warehouse', '4460'],
  ['Eva Costa', 'Marketing', '4437'],
  ['Andrea Keller', 'Sales', '4417'],
  ['Kelvin Osei', 'Service desk', '4403, +41 79 555 01 43, kelvin.osei@example.com'],
  ['Mikel Holm', 'Nordhavn Logistik', '+45 70 10 11 55', false, 'vCard'],
  ['Kellermann Bürotechnik GmbH', 'Supplier', '+49 30 23125 077', false, 'Outlook'],
  ['Petra Jansen', 'Finance', '4419'],
  ['Felix Lang', 'Warehouse', '4461'],
  ['Ines Lopes', 'Marketing', '4438'],
  ['Serena Bianchi', 'Quality', '4450'],
  ['Yusuf Demir', 'Sales', '4421'],
  ['Hanna Eriksson', 'Finance', '4420'],
  ['Greta Fischer', 'Legal', '4432'],
  ['Zoë Zimmermann', 'Quality', '4451'],
];

function numberOf(value: string): PhoneNumber {
  if (value.includes('@')) return { value, kind: 'sip' };
  return { value, kind: value.startsWith('+41 79') ? 'mobile' : 'work' };
}

/** The design's people, and made-up ones up to `count`. */
export function fakePeople(count = seeds.length): Person[] {
  const people = seeds.map(([name, company, numbers, favourite = false, source = 'local'], index) => ({
    id: `person-${index}`,
    name,
    company,
    numbers: numbers.split(', ').map(numberOf),
    favourite,
    source,
  }));
  for (let index = people.length; index < count; index += 1) {
    const letter = String.fromCodePoint(65 + (index % 26));
    people.push({
      id: `person-${index}`,
      name: `${letter}nna ${letter}${index}`,
      company: 'Branch office',
      numbers: [numberOf(String(50_000 + index))],
      favourite: false,
      source: 'local',
    });
  }
  return people;
}

export function rowOf(person: Person): PersonRow {
  const [number] = person.numbers;
  return {
    id: person.id,
    name: person.name,
    ...(person.company === undefined ? {} : { company: person.company }),
    ...(number ? { number } : {}),
    numberCount: person.numbers.length,
    favourite: person.favourite,
    source: person.source,
    ...(person.picture === undefined ? {} : { hasPicture: true }),
  };
}

/** The design's calls of today and yesterday, the newest first. */
export function fakeHistory(people: readonly Person[], now: number): CallRecord[] {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  let count = 0;
  const call = (
    day: number,
    time: string,
    who: string,
    direction: CallRecord['direction'],
    result: CallRecord['result'],
    seconds: number,
    more: Partial<CallRecord> = {},
  ): CallRecord => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    const startedAt = midnight - day * 86_400_000 + (hours * 60 + minutes) * 60_000;
    const person = people.find((candidate) => candidate.name === who);
    return {
      id: `record-${++count}`,
      accountId: 'work',
      direction,
      number: person?.numbers[0]?.value ?? who,
      ...(person ? { name: person.name, personId: person.id } : {}),
      result,
      startedAt,
      ...(result === 'answered' ? { connectedAt: startedAt } : {}),
      endedAt: startedAt + seconds * 1000,
      seen: result !== 'missed',
      ...more,
    };
  };
  return [
    call(0, '11:52', 'Tom Weber', 'incoming', 'missed', 20),
    call(0, '11:20', 'Aisha Rahman', 'incoming', 'answered', 378),
    call(0, '10:47', 'Bergmann & Söhne', 'incoming', 'answered-elsewhere', 6),
    call(0, '10:31', 'Mikel Holm', 'outgoing', 'failed', 2, {
      reason: 'This number does not exist.',
      reasonCode: 'number-unknown',
    }),
    call(0, '09:15', 'Nora Keller', 'outgoing', 'answered', 724),
    call(1, '17:58', 'Luca Moretti', 'outgoing', 'no-answer', 30),
    call(1, '16:20', 'Nora Keller', 'outgoing', 'answered', 724),
    call(1, '15:06', '+44 20 7946 0112', 'incoming', 'missed', 14),
    call(1, '14:40', 'Claire Bonnet', 'outgoing', 'busy', 3),
    call(1, '13:22', 'Reception', 'incoming', 'declined', 5),
    call(6, '09:02', 'Nora Keller', 'incoming', 'answered', 221),
  ];
}

/** For comparing: without accents and case. */
export const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const digits = (text: string) => text.replace(/\D/gu, '');

/** Whether a name or one of the numbers holds what was typed. */
export function matches(text: string, name: string, numbers: readonly string[]): boolean {
  const wanted = digits(text).replace(/^0+/u, '');
  const isNumber = wanted !== '' && !/\p{L}/u.test(text);
  if (isNumber) return numbers.some((number) => digits(number).includes(wanted));
  return plain(name).includes(plain(text.trim()));
}

/** The design's list goes by the last name. */
export function lastName(person: Person): string {
  return /[&]|GmbH/u.test(person.name) ? person.name : (person.name.split(' ').at(-1) ?? person.name);
}

export function fakeHistoryPage(
  history: readonly CallRecord[],
  query: Extract<Query, { type: 'history' }>,
): PageOf<CallRecord> {
  const rows = history.filter(
    (record) =>
      (query.filter === 'all' || query.filter === record.result || query.filter === record.direction) &&
      (query.accountId === undefined || query.accountId === record.accountId) &&
      (!query.text || matches(query.text, record.name ?? '', [record.number])),
  );
  return { rows: rows.slice(query.offset, query.offset + query.limit), total: rows.length };
}
