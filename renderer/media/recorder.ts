// Records a call: our microphone on the left, what the others say on the right, as samples for the main process to write.
import type { WindowEvent } from '../../contract/index.ts';
import recorderModule from './recorder-worklet.ts?worker&url';
import type { SharedAudioContext } from './audio-context.ts';

export interface RecorderOptions {
  callId: string;
  shared: SharedAudioContext;
  toMain: (event: WindowEvent) => void;
}

/** The audio thread answers at once; this long means that it is gone. ms */
const patience = 500;

const loaded = new WeakMap<AudioContext, Promise<void>>();

/** Once a context: a module loaded twice is an error. */
async function load(context: AudioContext): Promise<void> {
  const loading = loaded.get(context) ?? context.audioWorklet.addModule(recorderModule);
  loaded.set(context, loading);
  await loading;
}

export class Recorder {
  readonly #options: RecorderOptions;
  readonly #merger: ChannelMergerNode;
  readonly #right: GainNode;
  readonly #connected: { from: AudioNode; to: AudioNode }[] = [];
  #node: AudioWorkletNode | null = null;
  #ended = false;

  constructor(options: RecorderOptions) {
    const { context } = options.shared;
    this.#options = options;
    this.#merger = context.createChannelMerger(2);
    this.#right = new GainNode(context, { channelCount: 1, channelCountMode: 'explicit' });
    this.#right.connect(this.#merger, 0, 1);
  }

  async start(left: AudioNode, right: readonly AudioNode[]): Promise<void> {
    const { callId, shared, toMain } = this.#options;
    await Promise.all([load(shared.context), shared.use()]);
    if (this.#ended) {
      shared.release();
      return;
    }
    const node = new AudioWorkletNode(shared.context, 'recorder', {
      numberOfInputs: 1,
      channelCount: 2,
      channelCountMode: 'explicit',
      outputChannelCount: [1],
    });
    node.port.addEventListener('message', ({ data }) => {
      if (!(data instanceof ArrayBuffer)) return;
      const { sampleRate } = shared.context;
      toMain({ type: 'recorded', callId, sampleRate, samples: new Uint8Array(data) });
    });
    node.port.start();
    const mono = new GainNode(shared.context, { channelCount: 1, channelCountMode: 'explicit' });
    mono.connect(this.#merger, 0, 0);
    this.#join(left, mono);
    this.hear(right);
    this.#merger.connect(node);
    // What nobody listens to is not computed; the context's own output goes nowhere.
    node.connect(shared.context.destination);
    this.#node = node;
  }

  /** Whom it hears on the right from now on. */
  hear(right: readonly AudioNode[]): void {
    if (this.#ended) return;
    this.#part((to) => to === this.#right);
    for (const node of right) this.#join(node, this.#right);
  }

  /** Resolves when all samples were handed over. */
  async end(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    const { callId, shared, toMain } = this.#options;
    const node = this.#node;
    if (node) {
      const last = Promise.withResolvers<void>();
      const timer = setTimeout(last.resolve, patience);
      node.port.addEventListener('message', ({ data }) => data === null && last.resolve());
      node.port.postMessage(null);
      await last.promise;
      clearTimeout(timer);
      this.#part(() => true);
      node.disconnect();
      shared.release();
    }
    toMain({ type: 'record-ended', callId });
  }

  #join(from: AudioNode, to: AudioNode): void {
    from.connect(to);
    this.#connected.push({ from, to });
  }

  #part(which: (to: AudioNode) => boolean): void {
    for (const connection of this.#connected.splice(0)) {
      if (!which(connection.to)) {
        this.#connected.push(connection);
        continue;
      }
      try {
        connection.from.disconnect(connection.to);
      } catch {
        // A call that was closed has let go already.
      }
    }
  }
}
