// Past calls as CSV (RFC 4180), harmless in a spreadsheet: nothing that a caller chose is read as a formula.
import type { CallRecord } from '../../contract/index.ts';
import { csvField } from '../store/index.ts';

const columns = ['started', 'direction', 'result', 'name', 'number', 'account', 'seconds', 'reason', 'recordings'];
/** With a heading line and CRLF. Times in UTC (ISO 8601); seconds of talk, empty when the call was not connected. */
export function callsCsv(calls: Iterable<CallRecord>): string {
  const lines = [columns.join(',')];
  for (const call of calls) lines.push(line(call).map(csvField).join(','));
  return `${lines.join('\r\n')}\r\n`;
}

function line(call: CallRecord): string[] {
  const { connectedAt } = call;
  return [
    new Date(call.startedAt).toISOString(),
    call.direction,
    call.result,
    call.name ?? '',
    call.number,
    call.accountId,
    connectedAt === undefined ? '' : String(Math.max(0, Math.round((call.endedAt - connectedAt) / 1000))),
    call.reason ?? '',
    (call.recordings ?? []).join('; '),
  ];
}
