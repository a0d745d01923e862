// The media window's room: does what the main process asks, and tells it of devices and problems.
import * as v from 'valibot';
import {
  defaultPreferences,
  windowCommandSchema,
  type Problem,
  type WindowCall as CallState,
  type WindowCommand,
  type WindowEvent,
} from '../../contract/index.ts';
import { SharedAudioContext } from './audio-context.ts';
import { resolve } from './device-choice.ts';
import { Devices } from './devices.ts';
import type { EnginePort } from './engine-port.ts';
import { Microphone } from './microphone.ts';
import { noMicrophone } from './problems.ts';
import { ringBackTone, ringTone } from './tone-samples.ts';
import { Tone } from './tone.ts';
import { WindowCall } from './window-call.ts';

export interface MediaWindowOptions {
  enginePort: EnginePort;
  toMain(event: WindowEvent): void;
}

type Preferences = Pick<
  Extract<WindowCommand, { type: 'preferences' }>,
  'microphone' | 'speaker' | 'ringer' | 'voiceProcessing'
>;

export class MediaWindow {
  readonly #options: MediaWindowOptions;
  readonly #calls = new Map<string, WindowCall>();
  readonly #shared = new SharedAudioContext();
  readonly #silence = silentTrack(this.#shared.context);
  readonly #ring = new Tone(this.#shared, 'ring', ringTone);
  readonly #ringBack = new Tone(this.#shared, 'ring-back', ringBackTone);
  readonly #devices = new Devices(() => this.#useDevices());
  readonly #microphone: Microphone;
  #preferences: Preferences = { ...defaultPreferences, voiceProcessing: true };
  #speaker: string | null = null;

  constructor(options: MediaWindowOptions) {
    this.#options = options;
    this.#microphone = new Microphone({
      track: (track) => this.#microphoneChanged(track),
      problem: (problem) => this.#microphoneProblem(problem),
    });
    this.#ring.volume = defaultPreferences.ringVolume;
    void this.#devices.refresh();
  }

  /** A message of the main process. Never throws. */
  receive(message: unknown): void {
    const command = v.safeParse(windowCommandSchema, message);
    if (command.success) {
      this.#obey(command.output).catch((error: unknown) => this.#log('command failed', String(error)));
    } else {
      this.#log('message not understood', v.summarize(command.issues));
    }
  }

  async #obey(command: WindowCommand): Promise<void> {
    switch (command.type) {
      case 'hello':
        this.#options.toMain({ type: 'ready' });
        await this.#devices.refresh();
        return;
      case 'preferences':
        this.#preferences = command;
        this.#ring.volume = command.ringVolume;
        this.#useDevices();
        return;
      case 'ring':
        this.#ring.play(command.on);
        return;
      case 'ring-back':
        this.#ringBack.play(command.on);
        return;
      case 'call':
        this.#update(command.call);
        return;
      case 'digit':
        if (!this.#calls.get(command.callId)?.sendKey(command.digit)) this.#log('key not sent', command.callId);
        return;
      case 'direct-offer':
        await this.#reply(command, async (call) =>
          call.directOffer({ iceServers: command.iceServers ?? [], restart: command.restart ?? false }),
        );
        return;
      case 'direct-answer':
        await this.#reply(command, async (call) => call.directAnswer(command.sdp, command.iceServers ?? []));
        return;
      case 'direct-set-answer':
        await this.#reply(command, async (call) => {
          await call.setDirectAnswer(command.sdp);
          return null;
        });
        return;
      case 'direct-end':
        this.#calls.get(command.callId)?.endDirect();
        return;
      case 'close':
        this.#close(command.callId);
    }
  }

  #update(state: CallState): void {
    const known = this.#calls.get(state.callId);
    if (known) {
      known.update(state);
      return;
    }
    void this.#shared.use();
    this.#microphone.use();
    const call = new WindowCall({
      state,
      port: this.#options.enginePort,
      microphone: this.#microphone.track,
      silence: this.#silence,
      speaker: this.#speaker,
      toMain: (event) => this.#options.toMain(event),
    });
    this.#calls.set(state.callId, call);
    const { problem } = this.#microphone;
    if (problem) this.#options.toMain({ type: 'problem', callId: state.callId, problem });
  }

  #close(callId: string): void {
    const call = this.#calls.get(callId);
    if (!call) return;
    this.#calls.delete(callId);
    call.close();
    this.#microphone.release();
    this.#shared.release();
  }

  async #reply(
    { request, callId }: { request: number; callId: string },
    describe: (call: WindowCall) => Promise<string | null>,
  ): Promise<void> {
    try {
      const call = this.#calls.get(callId);
      if (!call) throw new Error('no such call');
      this.#options.toMain({ type: 'reply', request, sdp: await describe(call), problem: null });
    } catch (error) {
      const problem: Problem = {
        code: 'media-refused',
        message: 'The audio of this call could not be agreed on with the other side.',
        detail: String(error),
      };
      this.#options.toMain({ type: 'reply', request, sdp: null, problem });
    }
  }

  /** Devices or choices changed. */
  #useDevices(): void {
    const { microphones, speakers } = this.#devices;
    const microphone = resolve(this.#preferences.microphone, microphones);
    const speaker = resolve(this.#preferences.speaker, speakers);
    this.#speaker = speaker.deviceId;
    for (const call of this.#calls.values()) call.speaker = speaker.deviceId;
    this.#ringBack.sendTo(speaker.deviceId);
    this.#ring.sendTo(resolve(this.#preferences.ringer, speakers).deviceId);
    this.#microphone.wish({ ...microphone, voiceProcessing: this.#preferences.voiceProcessing });
    this.#options.toMain({
      type: 'devices',
      devices: {
        microphones: microphones.real,
        speakers: speakers.real,
        microphoneInUse: microphone.inEffect,
        speakerInUse: speaker.inEffect,
        problem: this.#microphone.problem ?? (microphones.real.length === 0 ? noMicrophone : null),
      },
    });
  }

  #microphoneChanged(track: MediaStreamTrack | null): void {
    if (track && this.#devices.microphones.real.length === 0) void this.#devices.refresh();
    for (const call of this.#calls.values()) {
      call.changeMicrophone(track).catch((error: unknown) => this.#log('microphone not changed', String(error)));
    }
  }

  #microphoneProblem(problem: Problem | null): void {
    for (const callId of this.#calls.keys()) this.#options.toMain({ type: 'problem', callId, problem });
    this.#useDevices();
  }

  #log(message: string, what: string): void {
    this.#options.toMain({ type: 'log', level: 'warn', message, details: { what } });
  }
}

/** Flows while the context runs, so that a call without a microphone still sends packets. */
function silentTrack(context: AudioContext): MediaStreamTrack {
  const output = context.createMediaStreamDestination();
  const source = context.createConstantSource();
  source.offset.value = 0;
  source.connect(output);
  source.start();
  const [track] = output.stream.getAudioTracks();
  if (!track) throw new Error('no silence');
  return track;
}
