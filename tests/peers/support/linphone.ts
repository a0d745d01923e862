// linphonec as a second phone of another make: answers by itself, plays a tone, records what it hears.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild, until } from './child.ts';
import { freePort } from './ports.ts';
import { readWav, rms, writeTone, type Sound } from './tone.ts';

/** A tenth of a second at 48 kHz, longer at other rates: the header with the rate comes only at the end. */
const recentBytes = 9600;

/** Debian package a caller must have for {@link startLinphone}. */
export const linphonePackages = 'linphone-cli';

export interface LinphoneOptions {
  user: string;
  domain: string;
  password?: string;
  /** host:port, UDP. */
  proxy: string;
  hz?: number;
  /** Publishes that it is there (RFC 3903). */
  presence?: boolean;
  /** Tells its server of a call's sound at the end (RFC 6035). */
  qualityReports?: boolean;
  encryption?: 'none' | 'srtp' | 'dtls';
  /** Only these codecs; absent: its own choice, which leaves G.722 out. */
  codecs?: readonly ('PCMU' | 'PCMA' | 'G722' | 'opus')[];
}

export interface Linphone {
  readonly user: string;
  /** Where SIP calls reach it directly: `sip:user@address:port`. */
  readonly uri: string;
  dial(uri: string): void;
  hangUp(): void;
  /** A line of its console. */
  command(line: string): void;
  /** Resolves when its console says this. */
  said(pattern: RegExp, ms?: number): Promise<RegExpExecArray>;
  /** How loud the end of its recording is, in mid-call (rms; 0 for silence, or for none yet). */
  loudness(): number;
  /** Ends it and returns what it heard: it writes the recording's header only on `quit`. */
  stop(): Promise<Sound | null>;
  log(): string;
}

/** Starts linphonec. Resolves when it is registered. */
export async function startLinphone(options: LinphoneOptions): Promise<Linphone> {
  const folder = mkdtempSync(join(tmpdir(), 'hs-lin-'));
  const port = await freePort();
  const rtp = await freePort('127.0.0.1', 10);
  mkdirSync(join(folder, '.local/share/linphone'), { recursive: true });
  mkdirSync(join(folder, '.config/linphone'), { recursive: true });
  writeTone(join(folder, 'tone.wav'), options.hz ?? 600, 120, 8000);
  const heard = join(folder, 'heard.wav');
  const config = `[sip]
sip_port=${port}
sip_tcp_port=-1
sip_tls_port=-1
default_proxy=0
register_only_when_network_is_up=0
guess_hostname=0
contact=sip:${options.user}@127.0.0.1:${port}
media_encryption=${options.encryption ?? 'none'}
[rtp]
audio_rtp_port=${rtp}-${rtp + 10}
[proxy_0]
reg_proxy=<sip:${options.proxy};transport=udp>
reg_route=<sip:${options.proxy};transport=udp;lr>
reg_identity=sip:${options.user}@${options.domain}
reg_expires=120
reg_sendregister=1
publish=${options.presence === true ? 1 : 0}
quality_reporting_enabled=${options.qualityReports === true ? 1 : 0}
quality_reporting_collector=sip:collector@${options.domain}
[auth_info_0]
username=${options.user}
passwd=${options.password ?? 'secret'}
realm=${options.domain}
domain=${options.domain}
[video]
display=0
capture=0
${codecSections(options.codecs)}`;
  writeFileSync(join(folder, 'linphonerc'), config);
  const child = startChild(
    'linphonec',
    ['-c', join(folder, 'linphonerc'), '-a', '-d', '5', '-l', join(folder, 'debug.log')],
    {
      logFile: join(folder, 'log'),
      env: { HOME: folder },
      stdin: true,
    },
  );
  try {
    // It reports registration only to those who ask.
    await until('linphonec to register', () => {
      child.write('status register');
      return /registered, identity=/.test(child.output()) ? true : null;
    });
    child.write('soundcard use files');
    child.write(`play ${join(folder, 'tone.wav')}`);
    child.write(`record ${heard}`);
  } catch (error) {
    await child.stop();
    throw error;
  }
  return {
    user: options.user,
    uri: `sip:${options.user}@127.0.0.1:${port}`,
    dial: (uri) => child.write(`call ${uri}`),
    hangUp: () => child.write('terminate'),
    command: (line) => child.write(line),
    said: (pattern, ms) => child.waitFor(pattern, ms),
    loudness() {
      const data = existsSync(heard) ? readFileSync(heard).subarray(44) : Buffer.alloc(0);
      const last = data.subarray(Math.max(0, (data.length & ~1) - recentBytes), data.length & ~1);
      const samples = Float64Array.from({ length: last.length / 2 }, (_, index) => last.readInt16LE(index * 2));
      return rms({ rate: 1, samples, seconds: samples.length });
    },
    async stop() {
      child.write('quit');
      const end = performance.now() + 5000;
      while (!child.exited && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 25));
      await child.stop();
      let sound: Sound | null = null;
      try {
        sound = readWav(heard);
      } catch {
        // It heard nothing, so there is no file.
      }
      rmSync(folder, { recursive: true, force: true });
      return sound;
    },
    log: () => child.output(),
  };
}

function codecSections(wanted: LinphoneOptions['codecs']): string {
  if (!wanted) return '';
  const all = ['opus/48000', 'G722/8000', 'PCMU/8000', 'PCMA/8000', 'speex/16000', 'speex/8000', 'GSM/8000'];
  return all
    .map((codec, index) => {
      const [name = '', rate = ''] = codec.split('/');
      const enabled = wanted.some((one) => one === name) ? 1 : 0;
      return `[audio_codec_${index}]\nmime=${name}\nrate=${rate}\nchannels=${name === 'opus' ? 2 : 1}\nenabled=${enabled}\n`;
    })
    .join('');
}
