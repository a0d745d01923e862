// The command line: --profile DIR, --provision FILE, --practice, --hidden, and a link that the system passes on.
import { resolve } from 'node:path';

export interface Arguments {
  profile: string | null;
  provision: string | null;
  practice: boolean;
  link: string | null;
}

const link = /^(?:tel|sips?|callto):/i;

/**
 * Reads our own arguments wherever they stand: Chromium and the system add theirs. A link is untrusted text: only the
 * first is taken, and it only ever fills the field.
 */
export function readArguments(argv: readonly string[], cwd: string): Arguments {
  const after = (name: string): string | null => {
    const index = argv.findIndex((part) => part === name || part.startsWith(`${name}=`));
    const found = argv[index];
    if (found === undefined) return null;
    const value = found === name ? argv[index + 1] : found.slice(name.length + 1);
    return value === undefined || value === '' ? null : resolve(cwd, value);
  };
  return {
    profile: after('--profile'),
    provision: after('--provision'),
    practice: argv.includes('--practice'),
    link: argv.find((part) => link.test(part)) ?? null,
  };
}
