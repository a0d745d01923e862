// Replaces (RFC 3891): a call that takes the place of another one, which it names by its dialog.
import { parseParams } from '../wire/index.ts';

/** The dialog that is to be replaced, as the one who receives the header sees it: `toTag` is its own tag. */
export interface Replaces {
  callId: string;
  toTag: string;
  fromTag: string;
  earlyOnly: boolean;
}

/** Reads a Replaces value; null when it names no dialog. */
export function parseReplaces(text: string): Replaces | null {
  const semicolon = text.indexOf(';');
  if (semicolon < 0) return null;
  const callId = text.slice(0, semicolon).trim();
  const params = parseParams(text, semicolon);
  const toTag = params?.get('to-tag');
  const fromTag = params?.get('from-tag');
  if (callId === '' || params === null || toTag === undefined || fromTag === undefined) return null;
  return { callId, toTag, fromTag, earlyOnly: params.has('early-only') };
}

/** Writes a Replaces value. */
export function formatReplaces(replaces: Replaces): string {
  const { callId, toTag, fromTag, earlyOnly } = replaces;
  return `${callId};to-tag=${toTag};from-tag=${fromTag}${earlyOnly ? ';early-only' : ''}`;
}
