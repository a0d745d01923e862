// A line of the log as people read and copy it.
import type { LogLevel, LogRow } from '../../../../contract/index.ts';
import { t } from '../../../common/index.ts';

/** The gravest first, as they are chosen. */
export const levels: readonly LogLevel[] = ['error', 'warn', 'info', 'debug'];

export function levelWord(level: LogLevel): string {
  return t(`diagnostics:log.level.${level}`);
}

/** Of one line. */
export function rowWord(level: LogLevel): string {
  return t(`diagnostics:log.row.${level}`);
}

/** As in the file: `2026-11-22T19:20:31.123Z WARN sip: Flow lost.` */
export function lineText({ at, level, room, text }: Omit<LogRow, 'id'>): string {
  return `${new Date(at).toISOString()} ${level.toUpperCase()} ${room === '' ? '' : `${room}: `}${text}`;
}
