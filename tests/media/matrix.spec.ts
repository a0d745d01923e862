// Every codec in every kind of security against baresip, linphonec, Chromium and a second Hookswitch: tones and keys both ways,
// hold and resume, hang-up. What came out is docs/media-matrix.md.
import { expect, test } from 'playwright/test';
import type { CodecName } from '../../contract/index.ts';
import type { OpenOptions } from '../../electron/media/index.ts';
import { startBaresip, type Baresip } from '../peers/support/baresip.ts';
import { missingPrograms, until } from '../peers/support/child.ts';
import { startKamailio, startLinphone, type Kamailio } from '../peers/support/index.ts';
import { dominantFrequency, rms, slice, type Sound } from '../peers/support/tone.ts';
import {
  answerAsChromium,
  chromiumHears,
  hangUpAsChromium,
  hearsKey,
  pressAsChromium,
} from './support/chromium-peer.ts';
import { codecs, Matrix, securities, suiteOf, type Security } from './support/matrix.ts';
import { startLab, type MediaLab } from './support/media-lab.ts';
import { SipCall } from './support/sip-call.ts';

const hz = { here: 700, baresip: 440, linphone: 600, there: 1000 };
const missing = missingPrograms('baresip', 'linphonec', 'kamailio', 'chromium');
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

const matrix = new Matrix();
let lab: MediaLab;
/** A second Hookswitch, and its page as a Chromium of its own. */
let other: MediaLab;
let kamailio: Kamailio;
test.beforeAll(async () => {
  [lab, other, kamailio] = await Promise.all([
    startLab({ microphone: hz.here }),
    startLab({ microphone: hz.there }),
    startKamailio(),
  ]);
});
test.afterAll(async () => {
  await matrix.write({
    baresip: 'baresip with its modules srtp and dtls_srtp.',
    linphonec: 'linphonec, which speaks no GCM.',
    Chromium: 'A page of Chromium with a peer connection of its own, past the engine.',
    Hookswitch: 'A second Hookswitch, from engine to engine.',
  });
  await Promise.all([lab.close(), other.close(), kamailio.stop()]);
});

/** One cell: its result is noted whatever comes. */
function cell(peer: string, codec: CodecName, security: Security, run: (callId: string) => Promise<void>): void {
  matrix.plan(peer, codec, security);
  test(`${peer}: ${codec} over ${security}`, async () => {
    matrix.note(peer, codec, security, 'failed');
    const callId = `${peer}-${codec}-${security}`;
    try {
      await run(callId);
      matrix.note(peer, codec, security, 'passed');
    } finally {
      lab.media.close(callId);
      other.media.close(callId);
    }
  });
}

function optionsFor(codec: CodecName, security: Security): OpenOptions {
  const encryption = security === 'RTP' ? 'off' : 'required';
  return { media: 'rtp', encryption, transport: 'udp', localAddress: '127.0.0.1', codecs: [codec] };
}

/** Our next offer, of the kind and with the one suite that the cell is about. */
async function offerOf(phone: MediaLab, callId: string, security: Security, hold?: boolean): Promise<string> {
  const offer = await phone.media.createOffer(callId, hold === undefined ? {} : { hold });
  return withSuite(offer, security);
}

function withSuite(sdp: string, security: Security): string {
  const suite = suiteOf[security];
  return suite ? sdp.replaceAll(/^a=crypto:\d+ (\S+) .*\r\n/gm, (line, name) => (name === suite ? line : '')) : sdp;
}

/** First offers of an account that requires encryption are SDES, then DTLS. */
async function firstOffer(callId: string, security: Security): Promise<string> {
  let offer = await offerOf(lab, callId, security);
  if (security === 'DTLS-SRTP' && lab.media.fallBack(callId)) offer = await offerOf(lab, callId, security);
  return offer;
}

async function hears(phone: MediaLab, callId: string, wanted: number): Promise<void> {
  await until(`${wanted} Hz in the call ${callId}`, async () => {
    const heard = await phone.hears(callId);
    return Math.abs(heard - wanted) <= wanted * 0.02 ? true : null;
  });
}

async function peerHears(peer: { heard(): Sound | null }, wanted: number): Promise<void> {
  await until(`${wanted} Hz at the peer`, () => {
    const sound = peer.heard();
    if (!sound || sound.seconds < 0.5) return null;
    const heard = slice(sound, -0.5, 0.5);
    return rms(heard) > 300 && Math.abs(dominantFrequency(heard) - wanted) <= wanted * 0.02 ? true : null;
  });
}

async function press(phone: MediaLab, callId: string, digits: string): Promise<void> {
  for (const digit of digits) expect(await phone.media.sendDigit(callId, digit)).toBe('sent');
}

async function digitsAt(phone: MediaLab, callId: string, digits: string): Promise<void> {
  const heard = () =>
    phone.said
      .filter((line) => line.startsWith(`digit ${callId} `))
      .map((line) => line.at(-1))
      .join('');
  await until(`keys ${digits}, not only ${heard()}`, () => (heard() === digits ? true : null));
}

/** Calls it over SIP without a server. */
async function call(uri: string, callId: string, codec: CodecName, security: Security): Promise<SipCall> {
  await lab.media.open(callId, optionsFor(codec, security));
  const sip = await SipCall.to(uri);
  sip.onReinvite = (offer) => lab.media.createAnswer(callId, offer);
  const { status, body } = await sip.invite(await firstOffer(callId, security));
  expect(status).toBe(200);
  await lab.media.setAnswer(callId, body);
  await lab.says(`negotiated ${callId} ${codec} ${security === 'RTP' ? 'plain' : 'encrypted'}`);
  return sip;
}

async function holdAndResume(sip: SipCall, callId: string, theirs: number): Promise<void> {
  for (const hold of [true, false]) {
    const { status, body } = await sip.invite(await lab.media.createOffer(callId, { hold }));
    expect(status).toBe(200);
    await lab.media.setAnswer(callId, body);
    await hears(lab, callId, hold ? 0 : theirs);
  }
}

const baresipOf: Record<Security, { mediaEncryption?: 'srtp-mand' | 'dtls_srtp' }> = {
  RTP: {},
  CM_128_80: { mediaEncryption: 'srtp-mand' },
  CM_128_32: { mediaEncryption: 'srtp-mand' },
  GCM_128: { mediaEncryption: 'srtp-mand' },
  GCM_256: { mediaEncryption: 'srtp-mand' },
  'DTLS-SRTP': { mediaEncryption: 'dtls_srtp' },
};

for (const security of securities) {
  for (const codec of codecs) {
    cell('baresip', codec, security, async (callId) => {
      const baresip: Baresip = await startBaresip({
        user: 'bs',
        domain: '127.0.0.1',
        codecs: [codec],
        hz: hz.baresip,
        register: false,
        ...baresipOf[security],
      });
      try {
        const sip = await call(baresip.uri, callId, codec, security);
        await hears(lab, callId, hz.baresip);
        await peerHears(baresip, hz.here);
        await press(lab, callId, '1#');
        await until('1# at baresip', () => (baresip.digits() === '1#' ? true : null));
        await baresip.sendDigits('4*');
        await digitsAt(lab, callId, '4*');
        await holdAndResume(sip, callId, hz.baresip);
        // Its recording ends at a re-INVITE; keys tell that our packets arrive again.
        await press(lab, callId, '9');
        await until('9 at baresip', () => (baresip.digits() === '1#9' ? true : null));
        await sip.bye();
        await baresip.event('CALL_CLOSED');
      } finally {
        await baresip.stop();
      }
    });
  }
}

const linphoneOf = { RTP: 'none', CM_128_80: 'srtp', CM_128_32: 'srtp', 'DTLS-SRTP': 'dtls' } as const;

for (const security of ['RTP', 'CM_128_80', 'CM_128_32', 'DTLS-SRTP'] as const) {
  for (const codec of codecs) {
    cell('linphonec', codec, security, async (callId) => {
      const linphone = await startLinphone({
        user: 'bob',
        domain: kamailio.domain,
        proxy: kamailio.server('udp'),
        hz: hz.linphone,
        encryption: linphoneOf[security],
        codecs: [codec],
      });
      let heard: Sound | null = null;
      try {
        const sip = await call(linphone.uri, callId, codec, security);
        await hears(lab, callId, hz.linphone);
        await until('sound at linphonec', () => (linphone.loudness() > 300 ? true : null));
        await press(lab, callId, '5');
        await linphone.said(/(?:tone|DTMF|dtmf)\D{0,40}5/);
        linphone.command('4');
        await digitsAt(lab, callId, '4');
        await holdAndResume(sip, callId, hz.linphone);
        await until('sound at linphonec again', () => (linphone.loudness() > 300 ? true : null));
        await sip.bye();
        await linphone.said(/ended|terminated/i);
      } finally {
        heard = await linphone.stop();
      }
      if (!heard) throw new Error('linphonec recorded nothing.');
      expect(Math.abs(dominantFrequency(slice(heard, -0.8, 0.5)) - hz.here)).toBeLessThan(hz.here * 0.02);
    });
  }
}

test('linphonec and we tell each other over SRTP how we hear each other (RFC 3611)', async () => {
  const callId = 'linphonec-metrics';
  const linphone = await startLinphone({
    user: 'bob',
    domain: kamailio.domain,
    proxy: kamailio.server('udp'),
    encryption: 'srtp',
    codecs: ['PCMU'],
    qualityReports: true,
  });
  try {
    await lab.media.open(callId, { ...optionsFor('PCMU', 'CM_128_80'), qualityReports: true });
    const sip = await SipCall.to(linphone.uri);
    const { status, body } = await sip.invite(await firstOffer(callId, 'CM_128_80'));
    expect(status).toBe(200);
    expect(body).toMatch(/^a=rtcp-xr:.*\bvoip-metrics\b/m);
    await lab.media.setAnswer(callId, body);
    const report = await until(
      'what it tells, and that it heard a report of ours',
      () => {
        const known = lab.media.sound.qualityReport(callId);
        return known?.theirs && known.roundTrip !== null ? known : null;
      },
      20_000,
    );
    expect(report.theirs).toMatchObject({ lost: 0, pattern: { gmin: 16 }, buffer: { kind: 'adaptive' } });
    lab.media.close(callId);
    await sip.bye();
    // Its own report to the server repeats what we told it.
    const ours = await until('its report', () => /RemoteMetrics:[^]*?QualityEst: .*/.exec(kamailio.log())?.[0] ?? null);
    expect(ours).toContain(' PLC=2');
    expect(ours).toMatch(/JitterBuffer: JBA=3 JBN=\d+ JBM=\d+ JBX=4000/);
    expect(ours).toMatch(/PacketLoss: NLR=0\.\d JDR=/);
    expect(ours).toMatch(/QualityEst: MOSLQ=4\.\d MOSCQ=4\.\d/);
  } finally {
    lab.media.close(callId);
    await linphone.stop();
  }
});

for (const codec of codecs) {
  cell('Chromium', codec, 'DTLS-SRTP', async (callId) => {
    const options = { ...optionsFor(codec, 'DTLS-SRTP'), media: 'webrtc' } as const;
    await lab.media.open(callId, options);
    const offer = await lab.media.createOffer(callId);
    await lab.media.setAnswer(callId, await answerAsChromium(other.page, offer, codec, hz.there));
    await lab.says(`negotiated ${callId} ${codec} encrypted`);
    await hears(lab, callId, hz.there);
    await until('our tone in Chromium', async () => {
      const heard = await chromiumHears(other.page);
      return Math.abs(heard - hz.here) <= hz.here * 0.02 ? true : null;
    });
    // Chromium shows no telephone-event to a page; it plays the key's tones.
    expect(await hearsKey(other.page, null, [852, 1477], () => press(lab, callId, '9'))).toBe(true);
    expect(await hearsKey(lab.page, callId, [697, 1209], () => pressAsChromium(other.page, '1'))).toBe(true);
    for (const hold of [true, false]) {
      const reoffer = await lab.media.createOffer(callId, { hold });
      await lab.media.setAnswer(callId, await answerAsChromium(other.page, reoffer, codec, hz.there));
      await hears(lab, callId, hold ? 0 : hz.there);
    }
    await hangUpAsChromium(other.page);
  });
}

for (const security of securities) {
  for (const codec of codecs) {
    cell('Hookswitch', codec, security, async (callId) => {
      const options = optionsFor(codec, security);
      await Promise.all([lab.media.open(callId, options), other.media.open(callId, options)]);
      await lab.media.setAnswer(callId, await other.media.createAnswer(callId, await firstOffer(callId, security)));
      const agreed = `negotiated ${callId} ${codec} ${security === 'RTP' ? 'plain' : 'encrypted'}`;
      await Promise.all([lab.says(agreed), other.says(agreed)]);
      const both = async (here: number, there: number) => {
        await Promise.all([hears(lab, callId, here), hears(other, callId, there)]);
      };
      await both(hz.there, hz.here);
      await press(lab, callId, '1#');
      await press(other, callId, '4*');
      await digitsAt(other, callId, '1#');
      await digitsAt(lab, callId, '4*');
      const hold = async (by: MediaLab, at: MediaLab, on: boolean) => {
        const offer = await by.media.createOffer(callId, { hold: on });
        await by.media.setAnswer(callId, await at.media.createAnswer(callId, offer));
      };
      await hold(lab, other, true);
      await both(0, 0);
      await hold(lab, other, false);
      await both(hz.there, hz.here);
      await hold(other, lab, true);
      await both(0, 0);
      await hold(other, lab, false);
      await both(hz.there, hz.here);
    });
  }
}

test('two Hookswitch tell each other by RTCP how they hear each other (RFC 3611)', async () => {
  const callId = 'Hookswitch-metrics';
  const options = { ...optionsFor('opus', 'DTLS-SRTP'), qualityReports: true };
  try {
    await Promise.all([lab.media.open(callId, options), other.media.open(callId, options)]);
    const offer = await firstOffer(callId, 'DTLS-SRTP');
    await lab.media.setAnswer(callId, await other.media.createAnswer(callId, offer));
    for (const { media } of [lab, other]) {
      const told = await until(
        'what the other one tells',
        () => media.sound.qualityReport(callId)?.theirs ?? null,
        20_000,
      );
      expect(told).toMatchObject({ concealment: 'enhanced', buffer: { kind: 'adaptive', limit: 4000 } });
      expect(told.mosConversation).not.toBeNull();
    }
  } finally {
    lab.media.close(callId);
    other.media.close(callId);
  }
});
