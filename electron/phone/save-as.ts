// A file that a person asked for: where to is theirs to say, and a disk that refuses is said in words.
import { ProblemError, type CommandResult } from '../../contract/index.ts';
import type { PhoneParts } from './parts.ts';

/** Without a `file` in the result the person thought better of it. Throws ProblemError. */
export async function saveAs(
  desktop: Pick<PhoneParts['desktop'], 'saveFile'>,
  wanted: { name: string; kind: string; bytes: Buffer },
): Promise<CommandResult> {
  let file;
  try {
    file = await desktop.saveFile(wanted);
  } catch (error) {
    throw new ProblemError(
      {
        code: 'not-saved',
        message: 'The file could not be written there. Choose another folder.',
        detail: String(error),
      },
      { cause: error },
    );
  }
  return file === null ? {} : { file };
}

/** `2026-11-28T21-40-13`: colons are no part of a file's name on Windows. */
export function stamp(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replaceAll(':', '-');
}
