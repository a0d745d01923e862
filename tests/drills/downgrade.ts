// An account that requires encryption, and everything that a network in between may do to its SDP: how many packets in the clear?
import { setTimeout as delay } from 'node:timers/promises';
import type { Bench } from '../../bench/report.ts';
import { SrtpContext } from '../../electron/media/engine/srtp.ts';
import { isRtp, looksLikeRtcp } from '../../electron/media/engine/rtp.ts';
import { startLab, type MediaLab } from '../media/support/media-lab.ts';
import { Listener } from './support/listener.ts';

/** Longer than any packet of ours would need, ms. */
const listening = 1500;
const required = { media: 'rtp', encryption: 'required', transport: 'udp', localAddress: '127.0.0.1' } as const;
const key = Buffer.alloc(30, 7).toString('base64');

type Attempt = (lab: MediaLab, callId: string, far: Listener) => Promise<void>;

/** Their answer to our offer says this. */
const answered =
  (media: string, ...lines: string[]): Attempt =>
  async (lab, callId, far) => {
    await lab.media.createOffer(callId);
    await lab.media.setAnswer(callId, far.sdp(media, ...lines));
  };

/** They offer this. */
const offered =
  (media: string, ...lines: string[]): Attempt =>
  async (lab, callId, far) => {
    await lab.media.createAnswer(callId, far.sdp(media, ...lines));
  };

const attempts: Readonly<Record<string, Attempt>> = {
  'an answer in the clear': answered('RTP/AVP 0'),
  'an answer that promises keys and brings none': answered('RTP/SAVP 0'),
  'an answer under a tag that was not offered': answered(
    'RTP/SAVP 0',
    `a=crypto:9 AES_CM_128_HMAC_SHA1_80 inline:${key}`,
  ),
  'an answer with another suite than its tag': answered(
    'RTP/SAVP 0',
    `a=crypto:1 AES_CM_128_HMAC_SHA1_32 inline:${key}`,
  ),
  'an answer with encryption switched off': answered(
    'RTP/SAVP 0',
    `a=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:${key} UNENCRYPTED_SRTP`,
  ),
  'an answer without authentication': answered(
    'RTP/SAVP 0',
    `a=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:${key} UNAUTHENTICATED_SRTP`,
  ),
  'an answer with a short key': answered(
    'RTP/SAVP 0',
    'a=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  ),
  'an answer with DTLS and no fingerprint': answered('UDP/TLS/RTP/SAVP 0', 'a=setup:active'),
  'an answer of the other kind of keys': answered(
    'UDP/TLS/RTP/SAVP 0',
    `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'AA').join(':')}`,
    'a=setup:active',
  ),
  'every offer refused': async (lab, callId) => {
    do {
      const offer = await lab.media.createOffer(callId);
      if (/RTP\/AVP/.test(offer)) throw new Error('audio in the clear was offered');
    } while (lab.media.fallBack(callId));
    throw new Error('no offer is left');
  },
  'an offer in the clear': offered('RTP/AVP 0'),
  'an offer whose encrypted line is closed': async (lab, callId, far) => {
    const sdp = far
      .sdp('RTP/AVP 0')
      .replace('m=audio', `m=audio 0 RTP/SAVP 0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${key}\r\nm=audio`);
    await lab.media.createAnswer(callId, sdp);
  },
  'an offer that falls to the clear in the call': async (lab, callId, far) => {
    const offer = await lab.media.createOffer(callId);
    const [, ours = ''] = /a=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:(\S+)/.exec(offer) ?? [];
    far.opens = SrtpContext.fromSdes({ suite: 'AES_CM_128_HMAC_SHA1_80', key: ours });
    await lab.media.setAnswer(callId, far.sdp('RTP/SAVP 0', `a=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:${key}`));
    await delay(listening);
    await lab.media.createAnswer(callId, far.sdp('RTP/AVP 0'));
  },
  'DTLS with another certificate than promised': async (lab, callId, far) => {
    lab.media.fallBack(callId);
    await lab.media.createOffer(callId);
    await lab.media.setAnswer(
      callId,
      far.sdp(
        'UDP/TLS/RTP/SAVP 0',
        `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'AA').join(':')}`,
        'a=setup:active',
      ),
    );
    await far.shakeHands(await lab.media.createOffer(callId));
  },
};

export const drill: Bench = async (measure, note) => {
  const lab = await startLab({ microphone: 700 });
  let clear = 0;
  let encrypted = 0;
  let refused = 0;
  try {
    for (const [name, attempt] of Object.entries(attempts)) {
      const far = await Listener.start();
      const callId = `downgrade-${refused}-${clear}-${name.length}-${performance.now()}`.slice(0, 60);
      await lab.media.open(callId, required);
      const outcome = await attempt(lab, callId, far).then(
        () => 'taken',
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
      await delay(listening);
      const rtp = far.packets.filter((packet) => isRtp(packet) && !looksLikeRtcp(packet));
      const { opens } = far;
      const sealed = opens ? rtp.filter((packet) => opens.unprotect(packet) !== null).length : 0;
      encrypted += sealed;
      clear += rtp.length - sealed;
      if (outcome !== 'taken') refused += 1;
      note(name, `${outcome}; ${rtp.length - sealed} packets in the clear, ${sealed} encrypted`);
      lab.media.close(callId);
      far.close();
    }
  } finally {
    await lab.close();
  }
  measure({ name: 'downgrade_attempts', value: Object.keys(attempts).length, unit: 'attempts' });
  measure({ name: 'downgrade_refused', value: refused, unit: 'attempts' });
  measure({ name: 'downgrade_plaintext_packets', value: clear, unit: 'packets' });
  measure({ name: 'downgrade_encrypted_packets', value: encrypted, unit: 'packets' });
};
