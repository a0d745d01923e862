// 100,000 forged RTP, RTCP (extended reports, too) and STUN packets, and packets sent twice, at every port of a call: nothing
// played, nothing re-latched, nothing believed, nothing ended.
import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Bench } from '../../bench/report.ts';
import { FarEnd } from '../media/support/far-end.ts';
import { startLab, type MediaLab } from '../media/support/media-lab.ts';
import { until } from '../peers/support/child.ts';
import { dominantFrequency, rms } from '../peers/support/tone.ts';

const flood = 100_000;
/** Sockets that forge, each with a source of its own. */
const forgers = 20;
/** So many a millisecond: what a wire of 100 Mbit/s may carry of them. */
const perBurst = 20;
const hz = { ours: 700, theirs: 440, forged: 1500 };
const plain = {
  media: 'rtp',
  encryption: 'off',
  transport: 'udp',
  localAddress: '127.0.0.1',
  qualityReports: true,
} as const;

export const drill: Bench = async (measure) => {
  const lab = await startLab({ microphone: hz.ours });
  const far = await FarEnd.start(hz.theirs);
  const sockets = await Promise.all(Array.from({ length: forgers }, bound));
  let stolen = 0;
  for (const socket of sockets) socket.on('message', () => (stolen += 1));
  try {
    let windowPort = 0;
    lab.engine.onWindowMessage((message) => {
      const found = /127\.0\.0\.1 (\d+) typ host/.exec(JSON.stringify(message));
      if (found) windowPort = Number(found[1]);
    });
    await lab.media.open('forged', plain);
    const offer = await lab.media.createOffer('forged');
    far.sendTo(offer);
    await lab.media.setAnswer('forged', far.sdp());
    await bothHear(lab, far);
    const rtpPort = Number(/^m=audio (\d+)/m.exec(offer)?.[1]);
    await lab.page.evaluate(listen, { callId: 'forged', hz: [hz.theirs, hz.forged] });

    const received = far.received.length;
    const began = performance.now();
    const kinds = [
      { port: rtpPort, make: rtp },
      { port: rtpPort, make: stun },
      { port: rtpPort, make: rtcp },
      { port: rtpPort + 1, make: rtcp },
      { port: rtpPort + 1, make: extendedReport },
      { port: windowPort, make: stun },
      { port: windowPort, make: rtp },
      { port: windowPort, make: handshake },
    ];
    for (let sent = 0; sent < flood; sent++) {
      const kind = kinds[sent % kinds.length];
      if (kind) sockets[sent % forgers]?.send(kind.make(sent), kind.port, '127.0.0.1');
      if (sent % perBurst === 0) await delay(1);
    }
    const seconds = (performance.now() - began) / 1000;
    await delay(1000);
    const heard = await lab.page.evaluate(() => Reflect.get(window, 'heardLevels'));
    const [theirs = -200, forged = -200] = Array.isArray(heard) ? heard.map(Number) : [];
    const arrived = far.received.length - received;
    await bothHear(lab, far);

    measure({ name: 'forged_packets', value: flood, unit: 'packets' });
    measure({ name: 'forged_seconds', value: seconds, unit: 's' });
    measure({ name: 'forged_packets_sent_to_forgers', value: stolen, unit: 'packets' });
    measure({ name: 'forged_tone_over_theirs_db', value: forged - theirs, unit: 'dB' });
    measure({ name: 'forged_our_packets_per_second', value: arrived / (seconds + 1), unit: 'packets/s' });
    measure({
      name: 'forged_ssrcs_seen_by_far_end',
      value: new Set(far.received.map(({ ssrc }) => ssrc)).size,
      unit: 'streams',
    });
    const believed = lab.media.sound.qualityReport('forged')?.theirs ?? null;
    measure({ name: 'forged_metrics_believed', value: believed === null ? 0 : 1, unit: 'reports' });
    measure({ name: 'forged_calls_ended', value: (await lab.hears('forged')) > 0 ? 0 : 1, unit: 'calls' });
  } finally {
    for (const socket of sockets) socket.close();
    lab.media.close('forged');
    far.close();
    await lab.close();
  }
};

async function bound(): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

async function bothHear(lab: MediaLab, far: FarEnd): Promise<void> {
  await until('their tone here', async () => (Math.abs((await lab.hears('forged')) - hz.theirs) < 9 ? true : null));
  await until('our tone there', () => {
    const sound = far.heard();
    return rms(sound) > 300 && Math.abs(dominantFrequency(sound) - hz.ours) < 14 ? true : null;
  });
}

/** PCMU of a loud tone that nobody in the call makes, every packet as another stream. */
function rtp(count: number): Buffer {
  const packet = Buffer.alloc(172);
  packet.writeUInt8(0x80, 0);
  packet.writeUInt16BE(count & 0xffff, 2);
  packet.writeUInt32BE((count * 160) >>> 0, 4);
  randomBytes(4).copy(packet, 8);
  for (let at = 0; at < 160; at++)
    packet.writeUInt8(Math.sin((2 * Math.PI * hz.forged * at) / 8000) > 0 ? 0x80 : 0x00, 12 + at);
  return packet;
}

/** BYE and a receiver report that says all is lost. */
function rtcp(): Buffer {
  const packet = Buffer.alloc(40);
  packet.writeUInt32BE(0x81c9_0007, 0);
  randomBytes(28).copy(packet, 4);
  packet.writeUInt32BE(0x81cb_0001, 32);
  randomBytes(4).copy(packet, 36);
  return packet;
}

/** A receiver report, a name, and VoIP metrics (RFC 3611) of a call that nobody could bear, of guessed streams. */
function extendedReport(): Buffer {
  const packet = Buffer.alloc(68);
  packet.writeUInt32BE(0x80c9_0001, 0);
  packet.writeUInt32BE(0x81ca_0003, 8);
  packet.write('\x01\x02ab', 16, 'latin1');
  packet.writeUInt32BE(0x80cf_000a, 24);
  packet.writeUInt32BE(0x0700_0008, 32);
  const reporter = randomBytes(4);
  for (const at of [4, 12, 28]) reporter.copy(packet, at);
  randomBytes(4).copy(packet, 36);
  packet.writeUInt32BE(0xf000_f000, 40);
  packet.writeUInt32BE(0x0a7f_0a0a, 56);
  return packet;
}

/** A binding request that takes the way over, signed with a guess. */
function stun(): Buffer {
  const packet = Buffer.alloc(60);
  packet.writeUInt16BE(1, 0);
  packet.writeUInt16BE(40, 2);
  packet.writeUInt32BE(0x2112_a442, 4);
  randomBytes(12).copy(packet, 8);
  packet.writeUInt32BE(0x0006_0009, 20);
  packet.write('user:them', 24);
  packet.writeUInt32BE(0x0025_0000, 36);
  packet.writeUInt32BE(0x0008_0014, 40);
  randomBytes(16).copy(packet, 44);
  return packet;
}

/** A DTLS record of noise. */
function handshake(): Buffer {
  const packet = randomBytes(60);
  packet.writeUInt8(22, 0);
  packet.writeUInt16BE(0xfefd, 1);
  packet.writeUInt16BE(47, 11);
  return packet;
}

/** Runs in the page: the loudest that these frequencies ever are from now on, dB. */
async function listen({ callId, hz: frequencies }: { callId: string; hz: number[] }): Promise<void> {
  const audio = document.querySelector<HTMLAudioElement>(`audio[data-name="${callId}"]`);
  if (!(audio?.srcObject instanceof MediaStream)) throw new Error('nothing is played');
  const context = new AudioContext();
  await context.resume();
  const analyser = context.createAnalyser();
  analyser.fftSize = 4096;
  analyser.smoothingTimeConstant = 0;
  context.createMediaStreamSource(audio.srcObject).connect(analyser);
  const bins = new Float32Array(analyser.frequencyBinCount);
  const levels = frequencies.map(() => -200);
  Reflect.set(window, 'heardLevels', levels);
  setInterval(() => {
    analyser.getFloatFrequencyData(bins);
    frequencies.forEach((frequency, index) => {
      const bin = Math.round((frequency * analyser.fftSize) / context.sampleRate);
      levels[index] = Math.max(levels[index] ?? -200, bins[bin] ?? -200);
    });
  }, 40);
}
