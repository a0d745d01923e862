// A key pressed in a call: as an event in the sound (RFC 4733), as INFO, or as tones.
import type { CallRoom, LiveCall } from './live-call.ts';

/** Sends the key the way that the account and the other side take it. A failure is logged: the person may press again. */
export function sendDigit(room: CallRoom, callId: string, live: LiveCall, digit: string): void {
  void room.media
    .sendDigit(callId, digit)
    .then(async (how) => {
      if (how === 'info-needed') await sendInfo(room, live, digit);
    })
    .catch((error: unknown) => room.log.warn('A key could not be sent.', { callId, error: String(error) }));
}

/** Where the account leaves the way open and the other side takes no INFO, the key goes as tones in the sound. */
async function sendInfo(room: CallRoom, { session, model: { view } }: LiveCall, digit: string): Promise<void> {
  try {
    await session?.info('application/dtmf-relay', `Signal=${digit}\r\nDuration=160\r\n`);
  } catch (error) {
    if ((room.account(view.accountId)?.dtmf ?? 'auto') !== 'auto') throw error;
    room.media.sound.sendInbandDigit(view.id, digit);
  }
}
