// Which calls are reported to the account's server, and as what (RFC 6035).
import { expect, test } from 'vitest';
import { accountDefaults, type AccountConfig, type CallRecord, type Logger } from '../../contract/index.ts';
import type { CallReport } from '../media/index.ts';
import { reportQuality } from './quality-reports.ts';

const log: Logger = { debug() {}, info() {}, warn() {}, error() {}, child: () => log };
const account: AccountConfig = { ...accountDefaults, id: 'work', label: 'Work', address: 'alice@example.com' };

const record: CallRecord = {
  id: 'c1',
  accountId: 'work',
  direction: 'incoming',
  number: 'bob@example.com',
  result: 'answered',
  startedAt: 0,
  connectedAt: 5000,
  endedAt: 65_000,
  seen: true,
};

const side = { address: '192.0.2.1', port: 4000, ssrc: 7 };
const report: CallReport = {
  ends: { local: side, remote: side, payloadType: 9 },
  codec: 'G722',
  lost: 0,
  discarded: 0,
  pattern: null,
  jitter: 1,
  worstJitter: 2,
  buffer: 40,
  worstBuffer: 60,
  roundTrip: null,
  lossOut: null,
  theirs: null,
};

/** What is sent at the end of such a call. */
function sent(config: Partial<AccountConfig>, call: CallRecord = record): unknown[][] {
  const requests: unknown[][] = [];
  reportQuality(
    {
      sip: {
        async reportQuality(...request) {
          requests.push(request);
          return { name: 'delivered' };
        },
      },
      log,
      account: () => ({ ...account, ...config }),
    },
    {
      session: { callId: 'abc', remote: { uri: 'sip:bob@example.com', asserted: false, anonymous: false } },
      report,
    },
    call,
  );
  return requests;
}

test('nothing is reported unless the account wants it, nor of a call that nobody answered', () => {
  expect(sent({})).toEqual([]);
  const { connectedAt: _, ...unanswered } = record;
  expect(sent({ qualityReports: true }, unanswered)).toEqual([]);
});

test('a report goes to the account’s server, or to the collector that it names', () => {
  const [request] = sent({ qualityReports: true });
  expect(request?.slice(0, 2)).toEqual(['work', null]);
  const [elsewhere] = sent({ qualityReports: true, qualityCollector: 'vq@example.com' });
  expect(elsewhere?.slice(0, 2)).toEqual(['work', 'vq@example.com']);
  expect(request?.[2]).toContain('CallID: abc\r\nLocalID: <sip:alice@example.com>\r\nRemoteID: <sip:bob@example.com>');
});

test('whose call it was and how long it was is in it', () => {
  const [incoming] = sent({ qualityReports: true });
  expect(incoming?.[2]).toContain('OrigID: <sip:bob@example.com>');
  expect(incoming?.[2]).toContain('START=1970-01-01T00:00:05Z STOP=1970-01-01T00:01:05Z');
  const [outgoing] = sent({ qualityReports: true }, { ...record, direction: 'outgoing' });
  expect(outgoing?.[2]).toContain('OrigID: <sip:alice@example.com>');
});
