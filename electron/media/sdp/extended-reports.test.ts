// a=rtcp-xr:voip-metrics in offer and answer (RFC 3611 section 5): who asks, and who is told.
import { describe, expect, it } from 'vitest';
import { Negotiation, parseSdp } from './index.ts';

const local = { address: '192.0.2.10', rtpPort: 20_000 };
const attribute = 'a=rtcp-xr:voip-metrics\r\n';
const linphone = 'a=rtcp-xr:rcvr-rtt=all:10000 stat-summary=loss,dup,jitt,TTL voip-metrics';

/** A description of theirs: lines of the session, then of its audio. */
function theirs({ session = [], media = [] }: { session?: string[]; media?: string[] }): string {
  const head = ['v=0', 'o=bob 1 1 IN IP4 198.51.100.7', 's=-', 'c=IN IP4 198.51.100.7', 't=0 0', ...session];
  return [...head, 'm=audio 4000 RTP/AVP 0', ...media, ''].join('\r\n');
}

function answerTo(offer: string, voipMetrics = true) {
  const options = { held: false, requireEncryption: false };
  const { sdp, agreement } = new Negotiation(local, { voipMetrics }).answer(parseSdp(offer), options);
  return { asks: sdp.includes(attribute), told: agreement.wire.voipMetrics ?? false };
}

function answeredBy(text: string, voipMetrics = true) {
  const negotiation = new Negotiation(local, { voipMetrics });
  const offer = negotiation.offer({ protection: 'none', held: false });
  const { wire } = negotiation.accept(parseSdp(text), { requireEncryption: false });
  return { asks: offer.includes(attribute), told: wire.voipMetrics ?? false };
}

describe('a description of theirs asks', () => {
  const asks = (text: string) => parseSdp(text).media[0]?.voipMetrics;

  it.each([
    ['for nothing, without the attribute', {}, false],
    ['by its audio', { media: ['a=rtcp-xr:voip-metrics'] }, true],
    ['among other things', { media: [linphone] }, true],
    [
      'in any case of letters, in one of several lines',
      { media: ['a=rtcp-xr:rcvr-rtt=all', 'a=RTCP-XR: VoIP-Metrics '] },
      true,
    ],
    ['by the session', { session: [linphone] }, true],
    [
      'not for it, when its audio asks for something else than the session',
      { session: [linphone], media: ['a=rtcp-xr:pkt-loss-rle=50'] },
      false,
    ],
    ['for nothing, when its audio says so', { session: [linphone], media: ['a=rtcp-xr:'] }, false],
    ['for something that only looks like it', { media: ['a=rtcp-xr:voip-metrics-ext x=voip-metrics'] }, false],
  ])('%s', (_what, lines, expected) => {
    expect(asks(theirs(lines))).toBe(expected);
  });
});

describe('our offer', () => {
  it('asks where reports are wanted, on hold too, and nowhere else', () => {
    const offer = (voipMetrics: boolean, held: boolean) =>
      new Negotiation(local, { voipMetrics }).offer({ protection: 'none', held });
    expect([offer(true, false), offer(true, true)].map((sdp) => sdp.includes(attribute))).toEqual([true, true]);
    expect(offer(false, false)).not.toContain('rtcp-xr');
  });

  it.each([
    ['asks', { media: [linphone] }, true],
    ['asks while it holds us, and is heard', { media: [linphone, 'a=sendonly'] }, true],
    ['asks, and sends nothing that could be heard', { media: [linphone, 'a=recvonly'] }, false],
    ['does not ask', {}, false],
  ])('and an answer that %s', (_what, lines, told) => {
    expect(answeredBy(theirs(lines))).toEqual({ asks: true, told });
  });
});

describe('our answer', () => {
  it.each([
    ['sendrecv', { asks: true, told: true }],
    ['sendonly', { asks: false, told: true }],
    ['recvonly', { asks: true, told: false }],
    ['inactive', { asks: false, told: false }],
  ])('to an offer that asks, and is %s: %o (section 5.2)', (direction, expected) => {
    expect(answerTo(theirs({ media: [linphone, `a=${direction}`] }))).toEqual(expected);
  });

  it('does not ask whoever did not', () => {
    expect(answerTo(theirs({}))).toEqual({ asks: false, told: false });
  });
});

it('whoever asks is told nothing where reports are not wanted', () => {
  expect(answerTo(theirs({ media: [linphone] }), false)).toEqual({ asks: false, told: false });
  expect(answeredBy(theirs({ media: [linphone] }), false)).toEqual({ asks: false, told: false });
});
