// At the end of a call: the report on its sound for the account's server, where the account wants it (RFC 6035).
import type { CallRecord } from '../../contract/index.ts';
import { vqSessionReport } from '../media/index.ts';
import type { Session } from '../sip/index.ts';
import type { CallRoom, LiveCall } from './live-call.ts';

/** What it needs of the room, and of a call. */
export type ReportRoom = Pick<CallRoom, 'account' | 'log'> & { sip: Pick<CallRoom['sip'], 'reportQuality'> };
export type ReportedCall = Pick<LiveCall, 'report'> & { session: Pick<Session, 'callId' | 'remote'> | null };

/** Nothing waits for it, and a server that does not take it costs nobody more than a line in the log. */
export function reportQuality(room: ReportRoom, { session, report }: ReportedCall, record: CallRecord): void {
  const { sip, log } = room;
  const account = room.account(record.accountId);
  if (!account?.qualityReports || !session || !report || record.connectedAt === undefined) return;
  const local = `sip:${account.address}`;
  const remote = session.remote.uri;
  const text = vqSessionReport(
    {
      callId: session.callId,
      local,
      remote,
      origin: record.direction === 'outgoing' ? local : remote,
      startedAt: record.connectedAt,
      endedAt: record.endedAt,
    },
    report,
  );
  sip.reportQuality(account.id, account.qualityCollector ?? null, text).then(
    (sent) => {
      if (sent.name === 'failed') log.warn('The quality report was not taken.', { problem: sent.cause.code });
    },
    (error: unknown) => log.warn('The quality report could not be sent.', { error: String(error) }),
  );
}
