// An import and duplicates without a library, for the fake bridge. Not in the product.
import type { Command, ImportRow, ImportShow, ImportState, Person } from '../../contract/index.ts';

export const fakeImportRows: Record<ImportShow, ImportRow[]> = {
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

const importCommands = ['choose-import', 'read-import', 'write-import', 'cancel-import', 'close-import'] as const;
type ImportCommand = Extract<Command, { type: (typeof importCommands)[number] }>;

export function isImportCommand(command: Command): command is ImportCommand {
  return importCommands.some((type) => type === command.type);
}

/** At once what the library takes its time for. */
export function importAfter(command: ImportCommand, before: ImportState | null): ImportState | null {
  const file = command.type === 'read-import' ? command.name : 'contacts.vcf';
  const { new: added, changed, skipped } = fakeImportRows;
  switch (command.type) {
    case 'choose-import':
    case 'read-import':
      return { name: 'read', file, added: added.length, changed: changed.length, skipped: skipped.length };
    case 'write-import':
      return { name: 'written', file, importId: 'import-1', added: added.length, changed: changed.length };
    case 'cancel-import':
      return before?.name === 'written' ? { name: 'undone', file } : null;
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
