// The media window's room: does what the main process asks, and tells it of devices and problems.
import * as v from 'valibot';
import {
  defaultPreferences,
  windowCommandSchema,
  type Problem,
  type SoundChoices,
  type WindowCall as CallState,
  type WindowCommand,
  type WindowEvent,
} from '../../contract/index.ts';
import { SharedAudioContext } from './audio-context.ts';
import { Conference } from './conference.ts';
import { resolve, resolveAll } from './device-choice.ts';
import { Devices } from './devices.ts';
import type { EnginePort } from './engine-port.ts';
import { Microphone, type Processing } from './microphone.ts';
import { Pictures } from './pictures.ts';
import { noMicrophone } from './problems.ts';
import { Recordings } from './recordings.ts';
import { SoundTest } from './sound-test.ts';
import { Speaker } from './speaker.ts';
import { Tones } from './tones.ts';
import { WindowCall } from './window-call.ts';

export interface MediaWindowOptions {
  enginePort: EnginePort;
  toMain: (event: WindowEvent) => void;
}

type Preferences = Pick<
  Extract<WindowCommand, { type: 'preferences' }>,
  'microphone' | 'speaker' | 'ringer' | 'voiceProcessing'
>;

/** Statistics are read once a second, and only while there is a call. ms */
const statsInterval = 1000;

export class MediaWindow {
  readonly #options: MediaWindowOptions;
  readonly #calls = new Map<string, WindowCall>();
  readonly #shared = new SharedAudioContext();
  readonly #silence = silentTrack(this.#shared.context);
  readonly #tones: Tones;
  readonly #conference = new Conference();
  readonly #pictures = new Pictures();
  readonly #recordings: Recordings;
  readonly #devices = new Devices(() => this.#useDevices());
  readonly #microphone: Microphone;
  readonly #speaker = new Speaker();
  readonly #soundTest: SoundTest;
  #preferences: Preferences = { ...defaultPreferences, voiceProcessing: true };
  #choices: SoundChoices | null = null;
  #statsTimer: ReturnType<typeof setInterval> | undefined;

  constructor(options: MediaWindowOptions) {
    this.#options = options;
    this.#tones = new Tones(this.#shared);
    this.#recordings = new Recordings({
      shared: this.#shared,
      conference: this.#conference,
      notice: this.#tones.notice,
      toMain: options.toMain,
    });
    this.#microphone = new Microphone({
      track: (track) => this.#microphoneChanged(track),
      problem: () => this.#problemsChanged(),
    });
    this.#soundTest = new SoundTest({
      shared: this.#shared,
      microphone: this.#microphone,
      speaker: () => this.#speaker.deviceId,
      tell: (state) => options.toMain({ type: 'sound-test', state }),
    });
    this.#tones.ringVolume = defaultPreferences.ringVolume;
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
        this.#tones.ringVolume = command.ringVolume;
        this.#useDevices();
        return;
      case 'sound-choices':
        this.#choices = command;
        this.#useDevices();
        await this.#tones.choose(command);
        return;
      case 'ring':
        this.#tones.ring(command.on, command.tone);
        return;
      case 'ring-back':
        this.#tones.ringBack(command.on);
        return;
      case 'tone':
        this.#tones.network(command.tone);
        return;
      case 'call':
        this.#update(command.call);
        return;
      case 'digit':
        if (!this.#calls.get(command.callId)?.sendKey(command.digit)) this.#log('key not sent', command.callId);
        return;
      case 'inband-digit':
        this.#calls.get(command.callId)?.sendKeyTone(command.digit);
        return;
      case 'conference':
        this.#join(command.callIds);
        return;
      case 'record': {
        const call = this.#calls.get(command.callId);
        if (!command.on || !call) await this.#recordings.end(command.callId);
        else await this.#recordings.start(call, command.notice);
        return;
      }
      case 'sound-test':
        this.#soundTest.obey(command.test);
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
        await this.#close(command.callId);
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
      shared: this.#shared,
      microphone: this.#microphone.track,
      silence: this.#silence,
      speaker: this.#speaker.deviceId,
      pictures: this.#pictures,
      toMain: (event) => this.#options.toMain(event),
    });
    this.#calls.set(state.callId, call);
    this.#statsTimer ??= setInterval(() => this.#calls.forEach((one) => void this.#tellStats(one)), statsInterval);
    const problem = this.#problem;
    if (problem) this.#options.toMain({ type: 'problem', callId: state.callId, problem });
  }

  async #close(callId: string): Promise<void> {
    const call = this.#calls.get(callId);
    if (!call) return;
    this.#calls.delete(callId);
    if (this.#conference.has(callId)) this.#join([...this.#calls.keys()].filter((id) => this.#conference.has(id)));
    if (this.#calls.size === 0) {
      clearInterval(this.#statsTimer);
      this.#statsTimer = undefined;
      this.#speaker.forget();
    }
    const recorded = this.#recordings.end(callId);
    call.close();
    this.#microphone.release();
    this.#shared.release();
    await recorded;
  }

  #join(callIds: readonly string[]): void {
    this.#conference.use(callIds.flatMap((callId) => this.#calls.get(callId) ?? []));
    this.#recordings.conferenceChanged();
  }

  async #tellStats(call: WindowCall): Promise<void> {
    const stats = await call.stats();
    const { callId } = call;
    if (stats && this.#calls.get(callId) === call) this.#options.toMain({ type: 'stats', callId, stats });
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
    const before = this.#speaker.problem;
    const again = this.#speaker.use(speaker, speakers, this.#calls.size > 0);
    for (const call of this.#calls.values()) call.playOn(speaker.deviceId, again);
    this.#tones.sendTo(speaker.deviceId, resolveAll(this.#choices?.ringOn ?? [this.#preferences.ringer], speakers));
    this.#microphone.wish({ ...microphone, processing: this.#processing });
    if (this.#speaker.problem !== before) this.#tellProblem();
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

  get #processing(): Processing {
    const all = this.#preferences.voiceProcessing;
    return {
      echoCancellation: this.#choices?.echoCancellation ?? all,
      noiseSuppression: this.#choices?.noiseSuppression ?? all,
      autoGainControl: this.#choices?.automaticGain ?? all,
    };
  }

  /** What is wrong with this computer's sound, for every call: being heard comes first. */
  get #problem(): Problem | null {
    return this.#microphone.problem ?? this.#speaker.problem;
  }

  #microphoneChanged(track: MediaStreamTrack | null): void {
    if (track && this.#devices.microphones.real.length === 0) void this.#devices.refresh();
    this.#soundTest.microphoneChanged();
    for (const call of this.#calls.values()) {
      call.changeMicrophone(track).catch((error: unknown) => this.#log('microphone not changed', String(error)));
    }
  }

  #problemsChanged(): void {
    this.#tellProblem();
    this.#useDevices();
  }

  #tellProblem(): void {
    for (const callId of this.#calls.keys()) {
      this.#options.toMain({ type: 'problem', callId, problem: this.#problem });
    }
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
