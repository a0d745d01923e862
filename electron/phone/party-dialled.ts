// Whom a typed or chosen target reaches on an account, and what is keyed when they answer.
import { ProblemError, type Party } from '../../contract/index.ts';
import { dialled, harmless, type DialContext } from '../directory/index.ts';

export interface Dialling {
  party: Party;
  /** Empty: nothing. */
  keys: string;
}

/** The party behind what was dialled. Throws ProblemError `not-dialable`. */
export function partyDialled(
  target: string,
  personId: string | undefined,
  context: DialContext & { domain: string },
): Dialling {
  const found = dialled(target, context);
  if ('why' in found) {
    const message = found.why ?? `"${harmless(target)}" is not a number or an address.`;
    throw new ProblemError({ code: 'not-dialable', message });
  }
  return {
    // The number, not what the rules make of it: they are applied anew when it is called again.
    party: {
      number: found.number,
      uri: uriOf(found.dialled, context.domain),
      ...(personId === undefined ? {} : { personId }),
    },
    keys: found.keys,
  };
}

/** A number goes to the account's domain; an address is taken as it is. */
function uriOf(target: string, domain: string): string {
  if (/^(sips?|tel):/i.test(target)) return target;
  return target.includes('@') ? `sip:${target}` : `sip:${target.replaceAll('#', '%23')}@${domain}`;
}
