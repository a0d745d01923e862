// Ring and network tones as the calls want them; told to media only when they change.
import type { NetworkTone, PhoneState } from '../../contract/index.ts';
import type { Media } from '../media/index.ts';
import { shouldRing } from './active-call.ts';
import { toneFor } from './tones.ts';

export class Ringing {
  readonly #media: Pick<Media, 'ring' | 'sound'>;
  #ringing = false;
  #tone: NetworkTone | null = null;

  constructor(media: Pick<Media, 'ring' | 'sound'>) {
    this.#media = media;
  }

  follow({ calls, preferences }: Pick<PhoneState, 'calls' | 'preferences'>): void {
    const ring = shouldRing(calls, preferences.ringerMuted);
    if (ring !== this.#ringing) {
      this.#ringing = ring;
      this.#media.ring(ring);
    }
    const tone = toneFor(calls);
    if (tone === this.#tone) return;
    this.#tone = tone;
    this.#media.sound.tone(tone);
  }
}
