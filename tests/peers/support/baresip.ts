// baresip as a phone without a sound card: it plays a tone, records what it hears, and is driven over its control port.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild, until, type Child } from './child.ts';
import { freePort } from './ports.ts';
import { readWav, writeTone, type Sound } from './tone.ts';

/** Debian package a caller must have for {@link startBaresip}. */
export const baresipPackages = 'baresip-core';

export interface BaresipOptions {
  user: string;
  domain: string;
  password?: string;
  /** host:port of its proxy; absent: the domain by DNS. */
  proxy?: string;
  transport?: 'udp' | 'tcp' | 'tls';
  /** Own address; 127.0.0.1 unless told, 0.0.0.0 in a namespace. */
  address?: string;
  /** Order of preference, such as `['PCMU', 'PCMA']`, `['G722']`, `['opus']`. */
  codecs?: readonly ('PCMU' | 'PCMA' | 'G722' | 'opus')[];
  /** The tone that it plays. */
  hz?: number;
  /** How long it plays, s; 120 unless told. When the tone is over, so is the call. */
  toneSeconds?: number;
  answer?: 'auto' | 'manual';
  mediaEncryption?: 'srtp' | 'srtp-mand' | 'srtp-mandf' | 'dtls_srtp';
  mediaNat?: 'ice' | 'stun';
  netns?: string;
  /** False: for calls straight to its address, without a server. */
  register?: boolean;
  /** Publishes its presence (RFC 3903). */
  presence?: boolean;
  /** Further lines for its account, such as `;dtmfmode=info`. */
  accountParams?: string;
}

/** As its account parser wants them: with the real sampling rate, else the line is silently ignored. */
const codecNames = { PCMU: 'PCMU/8000/1', PCMA: 'PCMA/8000/1', G722: 'G722/16000/1', opus: 'opus/48000/2' } as const;

export interface BaresipEvent {
  /** `CALL_INCOMING`, `CALL_RINGING`, `CALL_ESTABLISHED`, `CALL_CLOSED`, `CALL_DTMF_START`, `REGISTER_OK`... */
  type: string;
  /** What the event carries: a digit, a reason. */
  param?: string;
  [key: string]: unknown;
}

export interface Baresip {
  readonly user: string;
  /** Where SIP calls reach it directly: `sip:user@address:port`. */
  readonly uri: string;
  readonly sipPort: number;
  readonly folder: string;
  /** All events so far, oldest first. */
  readonly events: readonly BaresipEvent[];
  /** DTMF digits that arrived, in order. */
  digits(): string;
  /** Resolves with the first event of this type after event number `from` (default: any so far or coming). */
  event(type: string, options?: { from?: number; ms?: number }): Promise<BaresipEvent>;
  /** A command of its menu (`dial`, `accept`, `hangup`, `hold`, `resume`, `callstat`...). Resolves to its answer. */
  command(command: string, params?: string): Promise<string>;
  dial(uri: string): Promise<void>;
  accept(): Promise<void>;
  hangUp(): Promise<void>;
  hold(): Promise<void>;
  resume(): Promise<void>;
  /** Presses keys in the call: RFC 4733 events, or INFO with `accountParams: ';dtmfmode=info'`. */
  sendDigits(digits: string): Promise<void>;
  /** What it heard in its last call, or null before the first sound. Readable in mid-call. */
  heard(): Sound | null;
  /** Files of all that it heard, oldest first. */
  recordings(): string[];
  log(): string;
  stop(): Promise<void>;
}

/** Starts a baresip. Resolves when it is registered (unless `register: false`). */
export async function startBaresip(options: BaresipOptions): Promise<Baresip> {
  const local = options.netns === undefined;
  const address = options.address ?? (local ? '127.0.0.1' : '0.0.0.0');
  const reachable = address === '0.0.0.0' ? '127.0.0.1' : address;
  // TLS listens on the port after SIP's.
  const sipPort = local ? await freePort(address, 2) : 5070;
  const controlPort = local ? await freePort(address) : 4444;
  const rtpPort = local ? await freePort(address, 20) : 30_000;
  const folder = mkdtempSync(join(tmpdir(), 'hs-bare-'));
  const codecs = options.codecs ?? ['PCMU', 'PCMA'];
  const rate = codecs[0] === 'opus' ? 48_000 : codecs[0] === 'G722' ? 16_000 : 8000;
  const transport = options.transport ?? 'udp';
  const heardFolder = join(folder, 'heard');
  mkdirSync(heardFolder);
  writeTone(join(folder, 'tone.wav'), options.hz ?? 880, options.toneSeconds ?? 120, rate);
  writeFileSync(join(folder, 'contacts'), '');
  writeFileSync(
    join(folder, 'config'),
    [
      'poll_method epoll',
      `sip_listen ${address}:${sipPort}`,
      'call_local_timeout 120',
      'call_max_calls 20',
      `audio_player aubridge,sink${sipPort}`,
      `audio_source aufile,${join(folder, 'tone.wav')}`,
      `audio_alert aubridge,alert${sipPort}`,
      'auplay_channels 1',
      'ausrc_channels 1',
      `auplay_srate ${rate}`,
      `ausrc_srate ${rate}`,
      `rtp_ports ${rtpPort}-${rtpPort + 20}`,
      'jitter_buffer_delay 2-10',
      ...(address === '127.0.0.1' ? ['net_interface 127.0.0.1'] : []),
      'module_path /usr/lib/baresip/modules',
      ...['opus', 'g722', 'g711', 'aufile', 'aubridge', 'sndfile', 'uuid', 'srtp', 'dtls_srtp', 'ice', 'stun'].map(
        (name) => `module ${name}.so`,
      ),
      `snd_path ${heardFolder}`,
      'module_tmp account.so',
      'module_app contact.so',
      'module_app menu.so',
      ...(options.presence === true ? ['module_app presence.so'] : []),
      'module_app ctrl_tcp.so',
      `ctrl_tcp_listen ${reachable}:${controlPort}`,
      '',
    ].join('\n'),
  );
  const account = [
    `<sip:${options.user}@${options.domain};transport=${transport}>`,
    `auth_user=${options.user}`,
    `auth_pass=${options.password ?? 'secret'}`,
    `outbound="sip:${options.proxy ?? options.domain};transport=${transport}"`,
    `answermode=${options.answer ?? 'auto'}`,
    `regint=${options.register === false ? 0 : 60}`,
    `audio_codecs=${codecs.map((codec) => codecNames[codec]).join(',')}`,
    ...(options.mediaEncryption === undefined ? [] : [`mediaenc=${options.mediaEncryption}`]),
    ...(options.presence === true ? ['pubint=60'] : []),
    ...(options.mediaNat === undefined ? [] : [`medianat=${options.mediaNat}`]),
  ].join(';');
  writeFileSync(join(folder, 'accounts'), `${account}${options.accountParams ?? ''}\n`);

  const child = startChild('baresip', ['-4', '-f', folder, '-s'], {
    logFile: join(folder, 'log'),
    netns: options.netns,
  });
  try {
    await child.waitFor(/baresip is ready/);
    const control = await openControl(child, reachable, controlPort, options.netns);
    const baresip = makeBaresip(options.user, reachable, sipPort, folder, heardFolder, child, control);
    if (options.register !== false) await child.waitFor(/200 OK/, 15_000);
    return baresip;
  } catch (error) {
    await child.stop();
    throw error;
  }
}

interface Control {
  readonly events: BaresipEvent[];
  readonly changed: Set<() => void>;
  command(command: string, params?: string): Promise<string>;
  close(): void;
}

/** The control port speaks netstrings of JSON: `{"command":..,"params":..,"token":..}`, answers and events. */
async function openControl(child: Child, address: string, port: number, netns?: string): Promise<Control> {
  const events: BaresipEvent[] = [];
  const changed = new Set<() => void>();
  const waiting = new Map<string, (answer: string) => void>();
  let pending = Buffer.alloc(0);
  let count = 0;
  const hear = (chunk: Buffer): void => {
    pending = Buffer.concat([pending, chunk]);
    for (;;) {
      const colon = pending.indexOf(':');
      const length = Number(pending.toString('latin1', 0, Math.max(0, colon)));
      if (colon < 0 || pending.length < colon + 1 + length + 1) return;
      const text = pending.toString('utf8', colon + 1, colon + 1 + length);
      pending = pending.subarray(colon + 2 + length);
      const message: unknown = JSON.parse(text);
      if (!isRecord(message)) continue;
      if (message['event'] === true && typeof message['type'] === 'string') {
        const param = message['param'];
        events.push({ ...message, type: message['type'], param: typeof param === 'string' ? param : undefined });
        for (const watcher of changed) watcher();
      } else if (typeof message['token'] === 'string') {
        const data = message['data'];
        waiting.get(message['token'])?.(typeof data === 'string' ? data : '');
        waiting.delete(message['token']);
      }
    }
  };
  let send: (text: string) => void;
  let close: () => void;
  if (netns === undefined) {
    const socket = await until('baresip to open its control port', () => tryConnect(address, port));
    socket.on('data', hear);
    socket.on('error', () => child.exited);
    send = (text) => socket.write(text);
    close = () => socket.destroy();
  } else {
    // A socket of this process is in the wrong namespace; a small Node inside carries the bytes.
    const relay =
      `const s=require('node:net').connect(${port},'${address}');process.stdin.on('data',d=>s.write(d.toString().replaceAll('\\n','')));` +
      `s.on('data',d=>process.stdout.write(d.toString('base64')+'\\n'));s.on('close',()=>process.exit());`;
    const inside = startChild(process.execPath, ['-e', relay], { netns, stdin: true });
    let read = 0;
    const poll = setInterval(() => {
      const output = inside.output();
      const end = output.lastIndexOf('\n') + 1;
      if (end <= read) return;
      for (const line of output.slice(read, end).split('\n')) if (line !== '') hear(Buffer.from(line, 'base64'));
      read = end;
    }, 10);
    poll.unref();
    send = (text) => inside.write(text);
    close = () => {
      clearInterval(poll);
      void inside.stop();
    };
  }
  return {
    events,
    changed,
    command(command, params = '') {
      count += 1;
      const token = `t${count}`;
      const json = JSON.stringify({ command, params, token });
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`baresip did not answer "${command}".`)), 5000);
        waiting.set(token, (answer) => {
          clearTimeout(timer);
          resolve(answer);
        });
        send(`${Buffer.byteLength(json)}:${json},`);
      });
    },
    close,
  };
}

function makeBaresip(
  user: string,
  address: string,
  sipPort: number,
  folder: string,
  heardFolder: string,
  child: Child,
  control: Control,
): Baresip {
  const recordings = (): string[] =>
    readdirSync(heardFolder)
      .filter((name) => name.endsWith('-dec.wav'))
      .sort()
      .map((name) => join(heardFolder, name));
  const run = async (command: string, params?: string): Promise<void> => {
    await control.command(command, params);
  };
  return {
    user,
    uri: `sip:${user}@${address}:${sipPort}`,
    sipPort,
    folder,
    events: control.events,
    digits: () =>
      control.events
        .filter((event) => event.type === 'CALL_DTMF_START')
        .map((event) => event.param ?? '')
        .join(''),
    event(type, { from = 0, ms = 15_000 } = {}) {
      return new Promise((resolve, reject) => {
        const finish = (): void => {
          clearTimeout(timer);
          control.changed.delete(look);
        };
        const timer = setTimeout(() => {
          finish();
          const seen = control.events.map((event) => event.type).join(' ');
          reject(new Error(`baresip reported no ${type} within ${ms} ms; it reported: ${seen}`));
        }, ms);
        const look = (): void => {
          const found = control.events.slice(from).find((event) => event.type === type);
          if (found === undefined) return;
          finish();
          resolve(found);
        };
        control.changed.add(look);
        look();
      });
    },
    command: (command, params) => control.command(command, params),
    dial: (uri) => run('dial', uri),
    accept: () => run('accept'),
    hangUp: () => run('hangup'),
    hold: () => run('hold'),
    resume: () => run('resume'),
    async sendDigits(digits) {
      for (const digit of digits) await run('sndcode', digit);
    },
    heard() {
      const last = recordings().at(-1);
      return last === undefined ? null : readWav(last);
    },
    recordings,
    log: () => child.output(),
    async stop() {
      control.close();
      await child.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function tryConnect(address: string, port: number): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect(port, address);
    socket.once('connect', () => resolve(socket));
    socket.once('error', () => resolve(null));
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
