// Ring and network tones as the calls want them; told to media only when they change.
import type { NetworkTone, PersonRingTone, PhoneState } from '../../contract/index.ts';
import type { Media } from '../media/index.ts';
import { shouldRing } from './active-call.ts';
import { toneFor } from './tones.ts';

/** null: nothing rings. */
type RingWanted = PersonRingTone | 'usual' | null;

/** What is heard of whoever waits longest: their own ring tone, where they have one. */
export function ringFor(calls: PhoneState['calls']): Exclude<RingWanted, null> {
  const waiting = calls.find(({ phase }) => phase.name === 'incoming' && !phase.silenced);
  return waiting?.party.ringTone ?? 'usual';
}

export class Ringing {
  readonly #media: Pick<Media, 'ring' | 'sound'>;
  #ring: RingWanted = null;
  #tone: NetworkTone | null = null;

  constructor(media: Pick<Media, 'ring' | 'sound'>) {
    this.#media = media;
  }

  follow({ calls, callBacks, preferences }: Pick<PhoneState, 'calls' | 'callBacks' | 'preferences'>): void {
    // Who waits for somebody to be free is rung first; not into a conversation.
    const isFree = calls.length === 0 && callBacks.some((callBack) => callBack.isFree);
    const rings = shouldRing(calls, preferences.ringerMuted) || (isFree && !preferences.ringerMuted);
    const ring = rings ? ringFor(calls) : null;
    if (ring !== this.#ring) {
      this.#ring = ring;
      this.#media.ring(ring !== null, ring === null || ring === 'usual' ? undefined : ring);
    }
    const tone = toneFor(calls);
    if (tone === this.#tone) return;
    this.#tone = tone;
    this.#media.sound.tone(tone);
  }
}
