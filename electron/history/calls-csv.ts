// Past calls as CSV (RFC 4180), harmless in a spreadsheet: nothing that a caller chose is read as a formula.
import type { CallRecord } from '../../contract/index.ts';

const columns = ['started', 'direction', 'result', 'name', 'number', 'account', 'seconds', 'reason', 'recordings'];
/** How a formula begins in Excel, LibreOffice and Sheets; full-width forms too, and what they skip before it. */
const formula = /^[\s\u0000-\u001f'"]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u; // oxlint-disable-line no-control-regex
/** A number as people write them is left as it is: no function and no cell is reached with digits alone. */
const plainNumber = /^\+\d[\d ()./-]*$/;

/** With a heading line and CRLF. Times in UTC (ISO 8601); seconds of talk, empty when the call was not connected. */
export function callsCsv(calls: Iterable<CallRecord>): string {
  const lines = [columns.join(',')];
  for (const call of calls) lines.push(line(call).map(field).join(','));
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

/** One field: quoted where RFC 4180 asks for it; with an apostrophe before what a spreadsheet would calculate. */
export function field(value: string): string {
  const safe = formula.test(value) && !plainNumber.test(value) ? `'${value}` : value;
  return /[",\r\n;]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
