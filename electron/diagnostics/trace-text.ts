// The SIP trace as a text for people: each message under a line that says when, which way, and between whom.
import type { TraceEntry } from '../../contract/index.ts';

/** Messages, the oldest first; times are UTC, so that two traces can be laid side by side. */
export function writeText(entries: readonly TraceEntry[]): string {
  return entries.map(writeEntry).join('\n');
}

function writeEntry({ at, direction, transport, peer, local, text }: TraceEntry): string {
  const arrow = direction === 'out' ? '-->' : '<--';
  const head = `${new Date(at).toISOString()} ${transport.toUpperCase()} ${local} ${arrow} ${peer}`;
  return `${head}\n${text.replaceAll('\r\n', '\n').trimEnd()}\n`;
}
