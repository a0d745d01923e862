// Reason (RFC 3326): why a CANCEL or BYE was sent.

/** Sent with CANCEL and BYE when another phone of the same person has the call. */
export const ELSEWHERE: readonly [string, string][] = [['Reason', 'SIP;cause=200;text="Call completed elsewhere"']];

/** Sent with the BYE that ends a session which nobody refreshed (RFC 4028 10). */
export const EXPIRED: readonly [string, string][] = [['Reason', 'SIP;cause=408;text="Session expired"']];

/** Another phone answered: SIP;cause=200, or Q.850's cause 26, non-selected user clearing (Q.850 2.2.7.1.20). */
export function isElsewhere(reasons: readonly string[]): boolean {
  return reasons.some((reason) => {
    const [protocol, cause] = [protocolOf(reason), causeOf(reason)];
    return (protocol === 'sip' && cause === '200') || (protocol === 'q.850' && cause === '26');
  });
}

/** The text of the first reason that has one, for a log or a detail; undefined without. */
export function saidIn(reasons: readonly string[]): string | undefined {
  for (const reason of reasons) {
    const text = /;\s*text\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(reason)?.[1];
    if (text !== undefined && text !== '') return text.replace(/\\(.)/g, '$1').slice(0, 200);
  }
  return undefined;
}

function protocolOf(reason: string): string | undefined {
  return /^\s*([\w.-]+)\s*(?:;|$)/.exec(reason)?.[1]?.toLowerCase();
}

function causeOf(reason: string): string | undefined {
  return /;\s*cause\s*=\s*(\d+)\s*(?:;|$)/i.exec(reason)?.[1];
}
