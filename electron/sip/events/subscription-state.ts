// Subscription-State (RFC 6665 8.2.3): where the notifier says a subscription stands.
import { parseNumber, parseParams } from '../wire/index.ts';

export interface SubstateValue {
  /** States of other names are held to be active (RFC 6665 4.1.3). */
  state: 'active' | 'pending' | 'terminated';
  /** RFC 6665 4.1.3, such as `deactivated`, lower case. */
  reason?: string;
  /** Seconds that are left. */
  expires?: number;
  /** Seconds before which nobody should subscribe again. */
  retryAfter?: number;
}

const MAX_SECONDS = 0xffff_ffff;

/** Null when the header is absent or unreadable. */
export function parseSubscriptionState(text: string | undefined): SubstateValue | null {
  if (text === undefined) return null;
  const semicolon = text.indexOf(';');
  const name = (semicolon < 0 ? text : text.slice(0, semicolon)).trim().toLowerCase();
  const params = semicolon < 0 ? new Map<string, string>() : parseParams(text, semicolon);
  if (name === '' || params === null) return null;
  const reason = params.get('reason')?.toLowerCase();
  const expires = parseNumber(params.get('expires') ?? '', MAX_SECONDS);
  const retryAfter = parseNumber(params.get('retry-after') ?? '', MAX_SECONDS);
  return {
    state: name === 'pending' || name === 'terminated' ? name : 'active',
    ...(reason === undefined ? {} : { reason }),
    ...(expires === null ? {} : { expires }),
    ...(retryAfter === null ? {} : { retryAfter }),
  };
}
