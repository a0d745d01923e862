// Whom a typed or chosen target reaches on an account.
import { ProblemError, type Party } from '../../contract/index.ts';
import { dialPreview, harmless } from '../directory/index.ts';

/** The party behind what was dialled. Throws ProblemError `not-dialable`. */
export function partyDialled(target: string, personId: string | undefined, domain: string): Party {
  const preview = dialPreview(target, { domain });
  if (!preview.dialable) {
    const message = preview.why ?? `"${harmless(target)}" is not a number or an address.`;
    throw new ProblemError({ code: 'not-dialable', message });
  }
  return {
    number: preview.target,
    uri: uriOf(preview.target, domain),
    ...(personId === undefined ? {} : { personId }),
  };
}

/** A number goes to the account's domain; an address is taken as it is. */
function uriOf(target: string, domain: string): string {
  if (/^(sips?|tel):/i.test(target)) return target;
  return target.includes('@') ? `sip:${target}` : `sip:${target.replaceAll('#', '%23')}@${domain}`;
}
