// The media room's sound beside calls' own audio, in the main process: tones, conference, recordings, tests, quality.
import type {
  CallQuality,
  DtmfWay,
  LinkReport,
  Logger,
  NetworkTone,
  ProblemError,
  QualitySeries,
  QualitySummary,
  SoundChoices,
  SoundCommand,
  SoundEvent,
  SoundTest,
  VoipMetrics,
} from '../../contract/index.ts';
import { callReport, type CallReport } from './quality/vq-report.ts';
import { overLine } from './quality/line.ts';
import { addSecond, noSeries, seriesOf, type Series } from './quality/series.ts';
import { measure, newMeter, summary, type Meter } from './quality/meter.ts';
import { voipMetrics } from './quality/voip-metrics.ts';
import { watch, type Silent, type Watch } from './quality/watchdog.ts';
import { Recording } from './recording/recording.ts';

export interface SoundListener {
  /** Once a second in a call: how it is heard (null: cannot be said), and which side hears nothing. */
  quality?(callId: string, quality: CallQuality | null, silent: Silent): void;
  /** A recording ended by itself; why, in words. */
  recordingFailed?(callId: string, error: ProblemError): void;
  soundTest?(state: SoundTest): void;
}

/** What the room offers of sound; part of its door. */
export interface SoundDoor {
  /** These calls hear each other; fewer than two: nobody does. Mixed in the media window, nothing is renegotiated. */
  join(callIds: readonly string[]): void;
  /** Records a call into this new file until `stopRecording` or its end. `notice`: both sides hear a tone now and then. */
  startRecording(callId: string, path: string, options: { notice: boolean }): void;
  /** Resolves when the file is whole and closed. */
  stopRecording(callId: string): Promise<void>;
  /** Forgets what was heard before: a hold or another pause is no silence. */
  pauseWatch(callId: string): void;
  /** What is kept of a call's quality; null when nothing of theirs was heard. */
  qualitySummary(callId: string): QualitySummary | null;
  /** The same in more detail, for a server that collects it; null, too, where the line is not known. */
  qualityReport(callId: string): CallReport | null;
  /** The same point by point; of the last calls that ended, too. */
  qualitySeries(callId: string): QualitySeries | null;
  /** A network tone on the speaker, or none. */
  tone(tone: NetworkTone | null): void;
  setSound(choices: Omit<SoundChoices, 'type'>): void;
  testSound(test: 'off' | 'level' | 'hear-yourself'): void;
  /** A key as tones in the sound itself. */
  sendInbandDigit(callId: string, digit: string): void;
}

interface CallSound {
  dtmf: DtmfWay;
  meter: Meter;
  watch: Watch | null;
  /** What the engine last told of the line; null while the call does not go by it. */
  line: LinkReport | null;
}

interface Running {
  file: Recording;
  notice: boolean;
  /** Called when the window has sent its last samples; null while it records. */
  ended: (() => void) | null;
}

export interface SoundOptions {
  log: Logger;
  toWindow: (command: SoundCommand) => void;
  tell: (tell: (listener: SoundListener) => void) => void;
}

/** Calls whose series is remembered: all that can be on at once, and some that ended. */
const mostSeries = 16;

/** A window that died cannot say that a recording ended; its last samples come within this, ms. */
const lastSamplesPatience = 1000;

export class Sound implements SoundDoor {
  readonly #options: SoundOptions;
  readonly #calls = new Map<string, CallSound>();
  /** They outlive their calls, whose record is written afterwards. */
  readonly #series = new Map<string, Series>();
  /** They outlive their calls by a moment: the last samples are on their way. */
  readonly #recordings = new Map<string, Running>();
  #choices: SoundChoices | null = null;
  #joined: readonly string[] = [];
  #tone: NetworkTone | null = null;

  constructor(options: SoundOptions) {
    this.#options = options;
  }

  opened(callId: string, dtmf: DtmfWay = 'auto'): void {
    this.#series.set(callId, noSeries);
    for (const oldest of [...this.#series.keys()].slice(0, -mostSeries)) this.#series.delete(oldest);
    this.#calls.set(callId, { dtmf, meter: newMeter(), watch: null, line: null });
  }

  closed(callId: string): void {
    void this.stopRecording(callId);
    const theirs = this.#calls.get(callId)?.meter.last?.theirs;
    if (theirs) this.#options.log.info('The other side told how it heard us.', { callId, ...theirs });
    this.#calls.delete(callId);
  }

  dtmf(callId: string): DtmfWay {
    return this.#calls.get(callId)?.dtmf ?? 'auto';
  }

  /** What the engine tells of the line to the far end; null: the call does not go by it, or it is gone. */
  line(callId: string, line: LinkReport | null): void {
    const call = this.#calls.get(callId);
    if (!call) return;
    // Other counters begin: nothing that was counted before compares with them.
    if ((call.line === null) !== (line === null)) {
      this.#series.set(callId, { ...this.#seriesAt(callId), last: null });
      call.meter = { ...call.meter, history: [] };
      call.watch = null;
    }
    call.line = line;
  }

  /** All that a window which has just started must know; after the calls themselves. */
  tellWindow(): void {
    const { toWindow } = this.#options;
    if (this.#choices) toWindow(this.#choices);
    toWindow({ type: 'tone', tone: this.#tone });
    if (this.#joined.length > 0) toWindow({ type: 'conference', callIds: [...this.#joined] });
    for (const [callId, { notice, ended }] of this.#recordings) {
      if (!ended) toWindow({ type: 'record', callId, on: true, notice });
    }
  }

  fromWindow(event: SoundEvent): void {
    switch (event.type) {
      case 'stats': {
        const call = this.#calls.get(event.callId);
        if (!call) return;
        const stats = call.line ? overLine(event.stats, call.line) : event.stats;
        const [meter, quality] = measure(call.meter, stats);
        const [watched, silent] = watch(call.watch, stats);
        this.#series.set(event.callId, addSecond(this.#seriesAt(event.callId), stats));
        call.meter = meter;
        call.watch = watched;
        this.#options.tell((listener) => listener.quality?.(event.callId, quality, silent));
        return;
      }
      case 'recorded':
        this.#recordings.get(event.callId)?.file.write(event.sampleRate, event.samples);
        return;
      case 'record-ended':
        this.#recordings.get(event.callId)?.ended?.();
        return;
      case 'sound-test':
        this.#options.tell((listener) => listener.soundTest?.(event.state));
    }
  }

  /** What it plays and records stays as it is until another window goes on. */
  windowGone(): void {
    for (const { ended } of this.#recordings.values()) ended?.();
    this.#options.tell((listener) => listener.soundTest?.({ name: 'off' }));
  }

  join(callIds: readonly string[]): void {
    this.#joined = callIds;
    this.#options.toWindow({ type: 'conference', callIds: [...callIds] });
  }

  startRecording(callId: string, path: string, { notice }: { notice: boolean }): void {
    if (!this.#calls.has(callId) || this.#recordings.has(callId)) return;
    const file = new Recording(path, this.#options.log, {
      failed: (error) => {
        void this.stopRecording(callId);
        this.#options.tell((listener) => listener.recordingFailed?.(callId, error));
      },
    });
    this.#recordings.set(callId, { file, notice, ended: null });
    this.#options.toWindow({ type: 'record', callId, on: true, notice });
  }

  async stopRecording(callId: string): Promise<void> {
    const running = this.#recordings.get(callId);
    if (!running || running.ended) return;
    const ended = Promise.withResolvers<void>();
    running.ended = ended.resolve;
    const timer = setTimeout(ended.resolve, lastSamplesPatience);
    this.#options.toWindow({ type: 'record', callId, on: false, notice: false });
    await ended.promise;
    clearTimeout(timer);
    this.#recordings.delete(callId);
    await running.file.end();
  }

  pauseWatch(callId: string): void {
    const call = this.#calls.get(callId);
    if (call) call.watch = null;
  }

  qualitySummary(callId: string): QualitySummary | null {
    const call = this.#calls.get(callId);
    return call ? summary(call.meter) : null;
  }

  qualityReport(callId: string): CallReport | null {
    const call = this.#calls.get(callId);
    return call ? callReport(call.meter) : null;
  }

  /** How the other side is heard, as it is told; null before anything was heard. */
  voipMetrics(callId: string): VoipMetrics | null {
    const call = this.#calls.get(callId);
    return call ? voipMetrics(call.meter) : null;
  }

  qualitySeries(callId: string): QualitySeries | null {
    return seriesOf(this.#seriesAt(callId));
  }

  #seriesAt(callId: string): Series {
    return this.#series.get(callId) ?? noSeries;
  }

  tone(tone: NetworkTone | null): void {
    if (tone === this.#tone) return;
    this.#tone = tone;
    this.#options.toWindow({ type: 'tone', tone });
  }

  setSound(choices: Omit<SoundChoices, 'type'>): void {
    this.#choices = { type: 'sound-choices', ...choices };
    this.#options.toWindow(this.#choices);
  }

  testSound(test: 'off' | 'level' | 'hear-yourself'): void {
    this.#options.toWindow({ type: 'sound-test', test });
  }

  sendInbandDigit(callId: string, digit: string): void {
    this.#options.toWindow({ type: 'inband-digit', callId, digit });
  }
}
