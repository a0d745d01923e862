// What the recent calls say of a call: an icon, the outcome in words, a length.
import type { CallRecord, HistoryFilter } from '../../../contract/index.ts';
import {
  formatDuration,
  formatTime,
  language,
  problemText,
  shownNumber,
  startOfDay,
  t,
  type IconName,
} from '../../common/index.ts';

export function callIcon(record: CallRecord): IconName {
  if (record.result === 'missed') return 'phone-missed';
  if (record.result === 'failed') return 'triangle-alert';
  if (record.result === 'answered-elsewhere') return 'users';
  if (record.result === 'blocked') return 'ban';
  if (record.result === 'forwarded') return 'phone-forwarded';
  return record.direction === 'incoming' ? 'phone-incoming' : 'phone-outgoing';
}

/** "12:04" for a call that was answered, else what became of it. */
export function callOutcome(record: CallRecord): string {
  return callLength(record) ?? outcomeWord(record) ?? '';
}

/** Length of the conversation; null when nobody answered here. */
export function callLength(record: CallRecord): string | null {
  if (record.result !== 'answered' || record.connectedAt === undefined) return null;
  return formatDuration(record.endedAt - record.connectedAt);
}

/** "Missed", "No answer", "Not connected: this number does not exist"; null for a conversation. */
export function outcomeWord(record: CallRecord): string | null {
  switch (record.result) {
    case 'answered':
      return null;
    case 'missed': {
      const seconds = Math.round((record.endedAt - record.startedAt) / 1000);
      return record.name === undefined && seconds > 0 ? t('main:missedRang', { seconds }) : t('main:missed');
    }
    case 'declined':
      return t('main:declined');
    case 'busy':
      return t('main:busy');
    case 'no-answer':
      return t('main:noAnswer');
    case 'cancelled':
      return t('main:cancelled');
    case 'answered-elsewhere':
      return t('main:answeredElsewhere');
    case 'blocked':
      return t('main:blockedCall');
    case 'forwarded':
      return t('main:forwardedTo', { number: shownNumber(record.reason ?? '') });
    case 'failed':
      return record.reason
        ? t('main:notConnected', { reason: inSentence(reasonWords(record.reason, record.reasonCode)) })
        : t('main:notConnectedPlain');
  }
}

function reasonWords(message: string, code: string | undefined): string {
  return code === undefined ? message : problemText({ code, message });
}

/** A reason after a colon: no full stop, and in English no capital. Elsewhere it may be a noun's. */
function inSentence(reason: string): string {
  const text = reason.trim().replace(/[.。]$/u, '');
  if (language() !== 'en') return text;
  return /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

/** "11:20, 6:18" or "11:20": what the side of the row says, moved into its second line under the pointer. */
export function callWhen(record: CallRecord): string {
  const length = callLength(record);
  return length === null ? formatTime(record.startedAt) : `${formatTime(record.startedAt)}, ${length}`;
}

export type RecentItem = { kind: 'day'; day: number } | { kind: 'call'; record: CallRecord; place: number };

/** Calls under their days, in the order given. */
export function underDays(records: readonly CallRecord[]): RecentItem[] {
  const items: RecentItem[] = [];
  let lastDay: number | undefined;
  for (const [place, record] of records.entries()) {
    const day = startOfDay(record.startedAt);
    if (day !== lastDay) items.push({ kind: 'day', day });
    lastDay = day;
    items.push({ kind: 'call', record, place });
  }
  return items;
}

export const historyFilters: readonly HistoryFilter[] = ['all', 'missed', 'incoming', 'outgoing'];
