// The recordings that run: one a call, heard by both sides where a notice is wanted, following conferences as they change.
import type { WindowEvent } from '../../contract/index.ts';
import type { SharedAudioContext } from './audio-context.ts';
import type { Mix } from './call-source.ts';
import type { Conference } from './conference.ts';
import { Recorder } from './recorder.ts';
import { recordingNotice } from './tone-samples.ts';
import type { Tone } from './tone.ts';
import type { WindowCall } from './window-call.ts';

interface Running {
  call: WindowCall;
  recorder: Recorder;
  notice: { source: AudioBufferSourceNode; mix: Mix } | null;
}

export interface RecordingsOptions {
  shared: SharedAudioContext;
  conference: Conference;
  /** The notice as we hear it. */
  notice: Tone;
  toMain: (event: WindowEvent) => void;
}

export class Recordings {
  readonly #options: RecordingsOptions;
  readonly #running = new Map<string, Running>();

  constructor(options: RecordingsOptions) {
    this.#options = options;
  }

  async start(call: WindowCall, notice: boolean): Promise<void> {
    const { callId } = call;
    if (this.#running.has(callId)) return;
    const { shared, conference, toMain } = this.#options;
    const recorder = new Recorder({ callId, shared, toMain });
    this.#running.set(callId, { call, recorder, notice: notice ? this.#sayTo(call) : null });
    this.#sayHere();
    await recorder.start(call.microphone, [call.remote, ...conference.othersThan(callId)]);
  }

  /** Calls joined or left: the right side is all that we hear. */
  conferenceChanged(): void {
    for (const [callId, { call, recorder }] of this.#running) {
      recorder.hear([call.remote, ...this.#options.conference.othersThan(callId)]);
    }
  }

  async end(callId: string): Promise<void> {
    const running = this.#running.get(callId);
    if (!running) {
      this.#options.toMain({ type: 'record-ended', callId });
      return;
    }
    this.#running.delete(callId);
    running.notice?.source.stop();
    running.notice?.mix.release();
    this.#sayHere();
    await running.recorder.end();
  }

  #sayTo(call: WindowCall): Running['notice'] {
    const { context } = this.#options.shared;
    const samples = recordingNotice(context.sampleRate);
    const buffer = context.createBuffer(1, samples.length, context.sampleRate);
    buffer.copyToChannel(samples, 0);
    const source = new AudioBufferSourceNode(context, { buffer, loop: true });
    const mix = call.mix();
    source.connect(mix.input);
    source.start();
    return { source, mix };
  }

  #sayHere(): void {
    this.#options.notice.play([...this.#running.values()].some(({ notice }) => notice !== null));
  }
}
