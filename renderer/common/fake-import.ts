// An import and duplicates without a library, for the fake bridge. Not in the product.
import type { Command, ImportRow, ImportShow, ImportState, PageOf, PastImport, Person } from '../../contract/index.ts';

const fakeImportRows: Record<ImportShow, ImportRow[]> = {
  new: [
    row(1, 'Ada Byron', { company: 'Analytical Engines', number: '+44 20 7946 0011' }),
    row(9, 'Karl Ferdinand Braun', { number: '4471' }),
    row(17, 'Zoë Österreicher', { company: 'Nordhavn Logistik' }),
  ],
  changed: [
    row(25, 'Nora Keller', { company: 'Keller & Co', number: '+41 44 123 45 67', changes: ['numbers', 'email'] }),
  ],
  skipped: [
    row(33, 'Tom Weber', { number: '+41 44 500 10 88', why: 'Already in your contacts, with nothing new.' }),
    row(41, null, { why: 'This card has no END:VCARD.' }),
  ],
};

function row(line: number, name: string | null, more: Partial<ImportRow>): ImportRow {
  return { line, name, company: null, number: null, changes: [], why: null, ...more };
}

export function fakeImportPage(query: { show: ImportShow; offset: number; limit: number }): PageOf<ImportRow> {
  const rows = fakeImportRows[query.show];
  return { rows: rows.slice(query.offset, query.offset + query.limit), total: rows.length };
}

export function fakePastImports(now: number): PastImport[] {
  const day = 86_400_000;
  return [
    { id: 'import-3', file: 'branch-office.vcf', at: now - 2 * 3_600_000, added: 212, changed: 3 },
    {
      id: 'import-2',
      file: 'Customers and suppliers of the whole group, spring.csv',
      at: now - 4 * day,
      added: 18_430,
      changed: 0,
    },
    { id: 'import-1', file: null, at: now - 60 * day, added: 1, changed: 0 },
  ];
}

type ImportCommand = Extract<Command, { type: `${string}-import` }>;

export function isImportCommand(command: Command): command is ImportCommand {
  return command.type.endsWith('-import');
}

/** At once what the library takes its time for. */
export function importAfter(
  command: ImportCommand,
  before: ImportState | null,
  phone: { pastImports: PastImport[] },
): ImportState | null {
  const file = command.type === 'read-import' ? command.name : 'contacts.vcf';
  const { new: added, changed, skipped } = fakeImportRows;
  switch (command.type) {
    case 'choose-import':
    case 'read-import':
      return { name: 'read', file, added: added.length, changed: changed.length, skipped: skipped.length };
    case 'write-import':
      return { name: 'written', file, importId: 'import-1', added: added.length, changed: changed.length };
    case 'cancel-import':
      return before?.name === 'written' ? { name: 'undone', file, kept: 0 } : null;
    case 'undo-import': {
      const past = phone.pastImports.find(({ id }) => id === command.importId);
      phone.pastImports = phone.pastImports.filter((other) => other !== past);
      return { name: 'undone', file: past?.file ?? null, kept: 2 };
    }
    case 'close-import':
      return null;
  }
}

/** People of one name. */
export function fakeDuplicates(people: readonly Person[]): Person[][] {
  const groups = new Map<string, Person[]>();
  for (const person of people) groups.set(person.name, [...(groups.get(person.name) ?? []), person]);
  return [...groups.values()].filter((group) => group.length > 1);
}
