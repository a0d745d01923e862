// A call that must not suffer: a phone at a real Kamailio, talking with a real baresip, tones both ways.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { RegistrationState } from '../../../contract/index.ts';
import type { Sip } from '../../../electron/sip/index.ts';
import { dominantFrequency, slice, startBaresip, startKamailio, until } from '../../peers/support/index.ts';
import type { Baresip } from '../../peers/support/index.ts';

const ours = 700;
const theirs = 880;

/** Longer than any drill, s. */
const toneSeconds = 1200;

export interface LiveCall {
  readonly accountId: string;
  readonly peer: Baresip;
  /** Packets of baresip's that came, and the longest time between two of them, ms. */
  heard(): { packets: number; pauseMs: number };
  /** Throws when one of the two does not hear the other's tone any more, or the call ended. */
  check(): Promise<void>;
  stop(): Promise<void>;
}

/** Sets up server, peer, account and call on this SIP room. `state` says how the account is registered. */
export async function startLiveCall(
  sip: Sip,
  state: (accountId: string) => RegistrationState | undefined,
): Promise<LiveCall> {
  const kamailio = await startKamailio();
  const stops: (() => unknown)[] = [() => kamailio.stop()];
  const stop = async (): Promise<void> => {
    for (const one of stops.splice(0).toReversed()) await one();
  };
  try {
    const peer = await startBaresip({
      user: 'bob',
      domain: kamailio.domain,
      proxy: kamailio.server('udp'),
      hz: theirs,
      toneSeconds,
    });
    stops.push(() => peer.stop());
    const accountId = 'live';
    sip.setAccount({
      id: accountId,
      displayName: 'Alice',
      user: 'alice',
      domain: kamailio.domain,
      server: kamailio.server('udp'),
      transport: 'udp',
      expires: 60,
    });
    await until('the live account to register', () => (state(accountId)?.name === 'available' ? true : null));
    const tone = await startTone();
    stops.push(() => tone.stop());
    const session = sip.invite(accountId, `sip:bob@${kamailio.domain}`, tone.sdp);
    let ended = '';
    stops.push(() => session.hangUp());
    const answer = await new Promise<string>((resolve, reject) => {
      session.listen({
        accepted: (sdp) => resolve(sdp ?? ''),
        reoffered: () => Promise.resolve(tone.sdp),
        ended(end) {
          ended = `the live call ended: ${end.result}, by ${end.by}, ${end.reason?.message ?? 'no reason'}`;
          reject(new Error(ended));
        },
      });
    });
    tone.play(answer);
    const check = async (): Promise<void> => {
      if (ended !== '') throw new Error(ended);
      await until('our tone at the peer', () => {
        const sound = peer.heard();
        return sound && near(dominantFrequency(slice(sound, -1, 1)), ours) ? true : null;
      });
      if (!near(tone.frequency(), theirs)) throw new Error(`the peer's tone came as ${tone.frequency()} Hz`);
    };
    await until('two seconds of sound', () => ((peer.heard()?.seconds ?? 0) > 2 ? true : null));
    await check();
    return { accountId, peer, heard: () => tone.heard(), check, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function near(hz: number, wanted: number): boolean {
  return Math.abs(hz - wanted) < wanted * 0.05;
}

/** RTP of a tone in PCMU (RFC 3550, 3551), a packet each 20 ms, from this very process: what stalls SIP is heard. */
async function startTone() {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  let packets = 0;
  let pauseMs = 0;
  let lastAt = 0;
  let recent: number[] = [];
  socket.on('message', (packet) => {
    if (packet.length < 13) return;
    const at = performance.now();
    if (packets > 0) pauseMs = Math.max(pauseMs, at - lastAt);
    lastAt = at;
    packets += 1;
    recent = [...recent, ...packet.subarray(12)].slice(-4000);
  });
  let timer: NodeJS.Timeout | undefined;
  return {
    sdp:
      'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n' +
      `m=audio ${port} RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\na=ptime:20\r\na=sendrecv\r\n`,
    play(answer: string): void {
      const to = { port: Number(/m=audio (\d+)/.exec(answer)?.[1]), address: /c=IN IP4 (\S+)/.exec(answer)?.[1] };
      const startedAt = performance.now();
      let sent = 0;
      const send = (): void => {
        while (startedAt + sent * 20 <= performance.now()) {
          socket.send(rtp(sent), to.port, to.address);
          sent += 1;
        }
        timer = setTimeout(send, Math.max(0, startedAt + sent * 20 - performance.now()));
      };
      send();
    },
    heard: () => ({ packets, pauseMs }),
    frequency(): number {
      const samples = Float64Array.from(recent, linear);
      return dominantFrequency({ rate: 8000, samples, seconds: samples.length / 8000 });
    },
    stop(): void {
      clearTimeout(timer);
      socket.close();
    },
  };
}

function rtp(sequence: number): Buffer {
  const packet = Buffer.alloc(12 + 160);
  packet.writeUInt8(0x80, 0);
  packet.writeUInt16BE(sequence & 0xffff, 2);
  packet.writeUInt32BE((sequence * 160) >>> 0, 4);
  packet.writeUInt32BE(0x70_6e_65_73, 8);
  for (let i = 0; i < 160; i += 1) {
    packet[12 + i] = mulaw(12_000 * Math.sin((2 * Math.PI * ours * (sequence * 160 + i)) / 8000));
  }
  return packet;
}

/** ITU-T G.711 mu-law. */
function mulaw(sample: number): number {
  const magnitude = Math.min(32_635, Math.abs(Math.round(sample))) + 132;
  const exponent = Math.max(0, 31 - Math.clz32(magnitude) - 7);
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~((sample < 0 ? 0x80 : 0) | (exponent << 4) | mantissa) & 0xff;
}

function linear(byte: number): number {
  const value = ~byte & 0xff;
  const magnitude = ((((value & 0x0f) << 3) + 132) << ((value >> 4) & 0x07)) - 132;
  return (value & 0x80) === 0 ? magnitude : -magnitude;
}
