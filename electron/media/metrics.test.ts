// How both sides hear each other (RFC 3611), from the account's setting to the engine and back to the report of RFC 6035.
import { beforeEach, describe, expect, it } from 'vitest';
import { createMedia, type Media, type OpenOptions } from './index.ts';
import { onALine, roughlyHeard } from './quality/testing.ts';
import { anyFingerprint, noLog, Peer } from './testing.ts';

const wanted: OpenOptions = {
  media: 'rtp',
  encryption: 'off',
  transport: 'udp',
  localAddress: '192.0.2.1',
  qualityReports: true,
};
const silent =
  'v=0\r\no=- 1 1 IN IP4 198.51.100.7\r\ns=-\r\nc=IN IP4 198.51.100.7\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n';
const asking = `${silent}a=rtcp-xr:voip-metrics\r\n`;

let engine: Peer;
let window: Peer;
let media: Media;
beforeEach(() => {
  [engine, window] = [new Peer(), new Peer()];
  engine.onSend = ({ type, callId }) => {
    if (type === 'open') engine.say({ type: 'opened', callId, rtpPort: 20_000, fingerprint: anyFingerprint });
  };
  media = createMedia({ log: noLog, engine: engine.channel, window: window.channel });
  engine.say({ type: 'ready' });
  window.say({ type: 'ready' });
});

/** Our offer, their answer, and seconds of a call in which the engine counts the line and the window what it played. */
async function talk(options: OpenOptions, answer: string, seconds = 3): Promise<void> {
  await media.open('a', options);
  await media.createOffer('a');
  await media.setAnswer('a', answer);
  for (let second = 1; second <= seconds; second++) {
    const { pattern, ends } = onALine;
    const counts = { sent: 50 * second, received: 45 * second, lost: 5 * second, jitter: 4, reports: 0, far: null };
    engine.say({ type: 'link', callId: 'a', link: { ...counts, pattern, ends, theirs: roughlyHeard } });
    window.say({ type: 'stats', callId: 'a', stats: { ...onALine, packetsReceived: 50 * second } });
  }
}

describe('where the account wants reports', () => {
  it('who asks is told each second how it is heard', async () => {
    await talk(wanted, asking);
    expect(engine.last('connect')).toMatchObject({ wire: { voipMetrics: true } });
    expect(engine.last('metrics')).toMatchObject({
      callId: 'a',
      metrics: { lost: 10, roundTrip: null, concealment: 'enhanced' },
    });
    expect(engine.types().filter((type) => type === 'metrics')).toHaveLength(2);
  });

  it('who does not ask is told nothing', async () => {
    await talk(wanted, silent);
    expect(engine.types()).not.toContain('metrics');
  });

  it('the report at the end holds what they told of how they hear us', async () => {
    await talk(wanted, silent);
    expect(media.sound.qualityReport('a')?.theirs).toEqual(roughlyHeard);
  });
});

describe('where the account wants none', () => {
  it('nobody is asked, and whoever asks is told nothing', async () => {
    const { qualityReports: _, ...unwanted } = wanted;
    await talk(unwanted, asking);
    expect(await media.createOffer('a')).not.toContain('rtcp-xr');
    expect(engine.types()).not.toContain('metrics');
  });
});
