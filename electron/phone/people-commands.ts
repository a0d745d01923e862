// Commands about files of people and of calls: chosen or saved by the person, read and written by the library.
import { ProblemError, type Command, type CommandResult, type PeopleFormat } from '../../contract/index.ts';
import type { PhoneParts } from './parts.ts';
import type { PhoneRooms } from './rooms.ts';
import { saveAs, stamp } from './save-as.ts';

const types = [
  'choose-import',
  'read-import',
  'write-import',
  'cancel-import',
  'undo-import',
  'close-import',
  'export-people',
  'export-history',
] as const;
type PeopleCommand = Extract<Command, { type: (typeof types)[number] }>;

/** Bytes; the same as for a file that is dropped on the window. */
const largestImport = 64 * 1024 * 1024;

export function isPeopleCommand(command: Command): command is PeopleCommand {
  return types.some((type) => type === command.type);
}

/** Throws ProblemError where it cannot be done. */
export async function peopleCommand(rooms: PhoneRooms, command: PeopleCommand): Promise<CommandResult | void> {
  const { peopleImport, parts, records } = rooms;
  switch (command.type) {
    case 'choose-import': {
      const file = await chosen(parts.desktop);
      return file ? peopleImport.read(file) : undefined;
    }
    case 'read-import':
      return peopleImport.read({ name: command.name, bytes: command.data });
    case 'write-import':
      return peopleImport.write();
    case 'cancel-import':
      return peopleImport.cancel();
    case 'undo-import':
      return peopleImport.undo(command.importId);
    case 'close-import':
      return peopleImport.close();
    case 'export-people':
      return exportPeople(rooms, command.format);
    case 'export-history': {
      const { type: _, ...choice } = command;
      const text = await (await records.library).exportCalls(choice);
      const name = `hookswitch-calls-${stamp(parts.clock.now())}.csv`;
      return saveAs(parts.desktop, { name, kind: 'CSV', bytes: marked(text) });
    }
  }
}

async function chosen(desktop: PhoneParts['desktop']): Promise<{ name: string; bytes: Uint8Array } | null> {
  try {
    return await desktop.openFile({
      kind: 'vCard, CSV, LDIF',
      endings: ['vcf', 'vcard', 'csv', 'txt', 'ldif'],
      largest: largestImport,
    });
  } catch (error) {
    const message =
      error instanceof RangeError
        ? 'This file has more than 64 megabytes. Export your contacts in parts.'
        : 'This file cannot be read. Check that it is still there and that you may open it.';
    throw new ProblemError({ code: 'import-unreadable', message, detail: String(error) }, { cause: error });
  }
}

async function exportPeople({ parts, records }: PhoneRooms, format: PeopleFormat): Promise<CommandResult> {
  const text = await (await records.library).exportPeople(format);
  const [ending, kind] = format === 'vcard' ? ['vcf', 'vCard'] : ['csv', 'CSV'];
  const name = `hookswitch-people-${stamp(parts.clock.now())}.${ending}`;
  return saveAs(parts.desktop, { name, kind, bytes: format === 'csv' ? marked(text) : Buffer.from(text) });
}

/** With the mark by which Excel knows UTF-8. */
function marked(text: string): Buffer {
  return Buffer.from(`\uFEFF${text}`);
}
