// The report on a call's sound (RFC 6035): one PUBLISH that nobody refreshes and nothing takes back.
import { randomToken } from '../wire/index.ts';
import { eventProblem, failureProblem } from './problems.ts';
import type { MessageDelivery } from './types.ts';
import type { EventContext } from './usage.ts';

/** Seconds; a collector keeps what it is sent, others may forget it then. As in the examples of RFC 6035. */
const EXPIRES = 3600;

/** Sends a document of application/vq-rtcpxr to a collector. What the network says is in the result. */
export async function sendQualityReport(
  context: EventContext,
  collector: string,
  report: string,
): Promise<MessageDelivery> {
  const { aor, domain, requester, route } = context;
  let sequence = 0;
  const result = await requester.request({
    method: 'PUBLISH',
    uri: collector,
    headers: [
      ['From', `<${aor}>;tag=${randomToken(64)}`],
      ['To', `<${collector}>`],
      ['Call-ID', randomToken(128)],
      ...route().map((hop) => ['Route', hop] as const),
      ['Event', 'vq-rtcpxr'],
      ['Expires', String(EXPIRES)],
      ['Content-Type', 'application/vq-rtcpxr'],
    ],
    body: report,
    sequence: () => (sequence += 1),
  });
  if (result.kind === 'failure') return { name: 'failed', cause: failureProblem(result.failure, domain) };
  const { status, reason } = result.response;
  if (status < 300) return { name: status === 202 ? 'accepted' : 'delivered' };
  return { name: 'failed', cause: eventProblem(status, reason, collector.replace(/^sips?:/, ''), domain, result.how) };
}
