// All tones of the phone: which sound each has by the person's choice, and where it is heard.
import type { NetworkTone, PersonRingTone, SoundChoices, ToneCountry } from '../../contract/index.ts';
import type { SharedAudioContext } from './audio-context.ts';
import { autoAnswerPlan, tonePlans } from './tone-plan.ts';
import { networkTone, recordingNotice, ringTone } from './tone-samples.ts';
import { Tone } from './tone.ts';

type RingSound = AudioBuffer | Float32Array<ArrayBuffer>;
type Choices = Pick<SoundChoices, 'toneCountry' | 'ringTone' | 'ringFile'>;

export class Tones {
  readonly #shared: SharedAudioContext;
  readonly #ring: Tone;
  readonly #ringBack: Tone;
  readonly #network: Tone;
  /** Heard here while a call is recorded. */
  readonly notice: Tone;
  #country: ToneCountry = 'eu';
  #playing: NetworkTone | null = null;
  #turn = 0;
  /** What rings for everybody who has no tone of their own. */
  #usual: RingSound = new Float32Array(1);
  /** What rings now, of one person. */
  #own: PersonRingTone | null = null;

  constructor(shared: SharedAudioContext) {
    this.#shared = shared;
    this.#ring = new Tone(shared, 'ring');
    this.#ringBack = new Tone(shared, 'ring-back');
    this.#network = new Tone(shared, 'network-tone');
    this.notice = new Tone(shared, 'recording-notice');
    this.notice.use(recordingNotice(this.#rate));
    this.#useCountry('eu');
    this.#useRing(ringTone('rise', this.#rate));
  }

  /** Takes effect at once, on what sounds too. A file that cannot be decoded is replaced by a tone of ours. */
  async choose({ toneCountry, ringTone: wanted, ringFile }: Choices): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    this.#useCountry(toneCountry);
    if (wanted !== 'file' || !ringFile) {
      this.#useRing(ringTone(wanted === 'file' ? 'rise' : wanted, this.#rate));
      return;
    }
    try {
      const file = await this.#shared.context.decodeAudioData(ringFile.slice().buffer);
      if (turn === this.#turn) this.#useRing(file);
    } catch (error) {
      if (turn === this.#turn) this.#useRing(ringTone('rise', this.#rate));
      throw new Error('the ring tone cannot be decoded', { cause: error });
    }
  }

  /** Of the ring tone, 0 to 1. */
  set ringVolume(volume: number) {
    this.#ring.volume = volume;
  }

  /** With the tone of the person who calls, or with the usual one. */
  ring(on: boolean, tone?: PersonRingTone): void {
    this.#own = on ? (tone ?? null) : null;
    if (on) this.#ring.use(this.#own === null ? this.#usual : ringTone(this.#own, this.#rate));
    this.#ring.play(on);
  }

  ringBack(on: boolean): void {
    this.#ringBack.play(on);
  }

  network(tone: NetworkTone | null): void {
    this.#playing = tone;
    this.#network.play(false);
    if (tone === null) return;
    this.#network.use(this.#samplesOf(tone));
    this.#network.play(true);
  }

  /** The speaker of calls, and where it rings. */
  sendTo(speaker: string | null, ringOn: readonly (string | null)[]): void {
    for (const tone of [this.#ringBack, this.#network, this.notice]) tone.sendTo([speaker]);
    this.#ring.sendTo(ringOn);
  }

  #useRing(sound: RingSound): void {
    this.#usual = sound;
    if (this.#own === null) this.#ring.use(sound);
  }

  get #rate(): number {
    return this.#shared.context.sampleRate;
  }

  #useCountry(country: ToneCountry): void {
    this.#country = country;
    this.#ringBack.use(this.#samplesOf('ring-back'));
    if (this.#playing) this.#network.use(this.#samplesOf(this.#playing));
  }

  #samplesOf(tone: NetworkTone): Float32Array<ArrayBuffer> {
    const plan = tone === 'auto-answer' ? autoAnswerPlan : tonePlans[this.#country][tone];
    return networkTone(tone, plan, this.#rate);
  }
}
