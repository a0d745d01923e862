// What this phone answers and understands within dialogs, and what the other side said that it does (RFC 3261 20.5, 20.37).
import type { SipMessage } from '../wire/index.ts';

/** For Allow. REFER is allowed to be asked, not to be followed. */
export const METHODS = [
  'INVITE',
  'ACK',
  'CANCEL',
  'BYE',
  'OPTIONS',
  'INFO',
  'PRACK',
  'UPDATE',
  'REFER',
  'NOTIFY',
  'MESSAGE',
] as const;

export const allow = METHODS.join(', ');

/** Option tags that we put into Supported. */
export const SUPPORTED = ['outbound', 'gruu', 'replaces', '100rel', 'timer', 'norefersub'] as const;

const understood: ReadonlySet<string> = new Set(SUPPORTED);

/** Option tags that this message requires and that we do not know (RFC 3261 8.2.2.3). */
export function unknownOf(message: SipMessage): string[] {
  return message.headers.all('Require').filter((tag) => !understood.has(tag.toLowerCase()));
}

/** Does this message's Supported or Require name this option tag? */
export function knows(message: SipMessage, tag: string): boolean {
  return names(message, 'Supported', tag) || names(message, 'Require', tag);
}

/** Does this message's Require name this option tag? */
export function requires(message: SipMessage, tag: string): boolean {
  return names(message, 'Require', tag);
}

/** The other side of one dialog, as its latest messages tell. */
export class Capabilities {
  private allowed: ReadonlySet<string> | null = null;

  /** Reads a message of the other side's; what it does not speak of stays as it was. */
  learn(message: SipMessage): void {
    if (message.headers.has('Allow')) {
      this.allowed = new Set(message.headers.all('Allow').map((method) => method.toUpperCase()));
    }
  }

  /** It has said that it takes this method. */
  allows(method: string): boolean {
    return this.allowed?.has(method) ?? false;
  }

  /** It does not take this method, whatever it said. */
  refuses(method: string): void {
    this.allowed = new Set([...(this.allowed ?? [])].filter((one) => one !== method));
  }
}

function names(message: SipMessage, header: string, tag: string): boolean {
  return message.headers.all(header).some((one) => one.toLowerCase() === tag);
}
