// Plain RTP on loopback (RFC 3550): echoes what comes, or plays tones every 20 ms.
import dgram from 'node:dgram';
import { randomInt } from 'node:crypto';
import type { Clock, Logger } from '../../contract/index.ts';
import { encodeTone } from './g711.ts';
import type { AudioDescription, Codec } from './sdp.ts';

/** Samples in 20 ms of 8 kHz audio. */
const PACKET = 160;

/** Frequency at a moment of the tone, Hz; 0 is silence. */
export type Melody = (milliseconds: number) => number;

export type Program =
  /** Everything comes back: audio and RFC 4733 events. */
  | { name: 'echo' }
  /** A melody; RFC 4733 events come back. */
  | { name: 'melody'; melody: Melody };

export interface RtpSession {
  readonly port: number;
  /** Where to send and what; also later, when a re-INVITE changed it. Sending stops where they do not listen. */
  connect(remote: AudioDescription, codec: Codec): void;
  close(): void;
}

/** Opens a socket on a free port of `address`. */
export async function openRtp(
  address: string,
  program: Program,
  world: { clock: Clock; log: Logger },
): Promise<RtpSession> {
  const { clock } = world;
  const socket = dgram.createSocket('udp4');
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(0, address, () => resolve());
  });
  socket.removeAllListeners('error');
  socket.on('error', (error) => world.log.warn('RTP socket', { error: error.message }));

  const ssrc = randomInt(2 ** 32);
  let remote: AudioDescription | null = null;
  let codec: Codec | null = null;
  let sequence = randomInt(2 ** 16);
  let samples = 0;
  let startedAt = 0;
  /** Timestamps of the event that is being echoed (all packets of one event share one). */
  let event: { theirs: number; ours: number } | null = null;
  let cancel: (() => void) | null = null;

  const listening = (): boolean =>
    remote !== null && (remote.direction === 'sendrecv' || remote.direction === 'recvonly');

  function send(packet: Buffer): void {
    if (remote && listening()) socket.send(packet, remote.port, remote.address, () => {});
  }

  socket.on('message', (packet) => {
    if (packet.length < 12 || (packet[0] ?? 0) >> 6 !== 2) return;
    const payloadType = (packet[1] ?? 0) & 0x7f;
    const isEvent = payloadType === remote?.telephoneEvent;
    if (program.name !== 'echo' && !isEvent) return;
    const echoed = Buffer.from(packet);
    if (program.name === 'melody') moveToOurTime(echoed);
    echoed.writeUInt32BE(ssrc, 8);
    send(echoed);
  });

  /** Puts an event between the packets of our own stream: its number is our next, its start the moment it came. */
  function moveToOurTime(packet: Buffer): void {
    const theirs = packet.readUInt32BE(4);
    if (event?.theirs !== theirs) event = { theirs, ours: samples };
    packet.writeUInt16BE((sequence = (sequence + 1) & 0xffff), 2);
    packet.writeUInt32BE(event.ours % 2 ** 32, 4);
  }

  function play(melody: Melody): void {
    if (codec?.name === 'PCMU' || codec?.name === 'PCMA') {
      const packet = Buffer.alloc(12);
      packet[0] = 0x80;
      packet[1] = codec.payloadType | (samples === 0 ? 0x80 : 0);
      packet.writeUInt16BE((sequence = (sequence + 1) & 0xffff), 2);
      packet.writeUInt32BE(samples % 2 ** 32, 4);
      packet.writeUInt32BE(ssrc, 8);
      send(Buffer.concat([packet, encodeTone(codec.name, melody(samples / 8), samples, PACKET)]));
    }
    samples += PACKET;
    // From the start and not from the last packet, so that lateness does not add up.
    cancel = clock.after(Math.max(0, startedAt + samples / 8 - clock.monotonic()), () => play(melody));
  }

  return {
    port: socket.address().port,
    connect(to, withCodec) {
      remote = to;
      codec = withCodec;
      if (cancel || program.name !== 'melody') return;
      startedAt = clock.monotonic();
      play(program.melody);
    },
    close() {
      cancel?.();
      socket.close();
    },
  };
}
