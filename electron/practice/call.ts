// One call of the practice exchange, answered or placed: SDP, RTP, ACK, re-INVITE, BYE.
import type { Clock, Logger } from '../../contract/index.ts';
import { PATIENCE, T1, T2, type ServerTransaction, type TransactionLayer } from '../sip/transaction/index.ts';
import { createResponse, parseCSeq, randomToken, type SipRequest } from '../sip/wire/index.ts';
import { ALLOW, answerDialog, callerDialog, dialogRequest, newInvite, type Dialog } from './dialog.ts';
import { openRtp, type Program, type RtpSession } from './rtp.ts';
import { answerDirection, parseAudio, writeAudio, type AudioDescription, type Codec, type CodecName } from './sdp.ts';

export interface CallWorld {
  layer: TransactionLayer;
  clock: Clock;
  log: Logger;
  /** Loopback address for RTP. */
  address: string;
  isCancelled(invite: ServerTransaction): boolean;
  /** The dialog stands: requests for it may come. */
  opened(call: Call): void;
  ended(call: Call): void;
}

export interface Call {
  readonly dialog: Dialog;
  /** A request inside this dialog. */
  receive(transaction: ServerTransaction): void;
  acknowledged(ack: SipRequest): void;
  /** Resolves when BYE was answered, or nobody answered it. */
  hangUp(): Promise<void>;
}

/** Codecs that we play ourselves, for our own offers. */
const TONE_CODECS: readonly Codec[] = [
  { name: 'PCMU', payloadType: 0, rtpmap: 'PCMU/8000' },
  { name: 'PCMA', payloadType: 8, rtpmap: 'PCMA/8000' },
];
const TELEPHONE_EVENT = 101;
const CONTACT = '<sip:practice@hookswitch.invalid>';

/** What a program can send. */
function codecsFor(program: Program): readonly CodecName[] {
  return program.name === 'echo' ? ['PCMU', 'PCMA', 'G722', 'opus'] : ['PCMU', 'PCMA'];
}

/** Answers an INVITE with 200, or 488 when there is no common codec. Resolves when the 200 is on its way. */
export async function answerCall(world: CallWorld, invite: ServerTransaction, program: Program): Promise<Call | null> {
  const rtp = await openRtp(world.address, program, world);
  const call = makeCall(world, answerDialog(invite.request, randomToken(64)), rtp, program);
  if (!world.isCancelled(invite) && call.answer(invite)) {
    world.opened(call);
    return call;
  }
  rtp.close();
  return null;
}

/** Calls `uri`; resolves to the call when it was answered, null when it was not. Gives up after `ringFor` ms. */
export async function placeCall(
  world: CallWorld,
  who: { from: string; uri: string },
  program: Program,
  ringFor: number,
): Promise<Call | null> {
  const rtp = await openRtp(world.address, program, world);
  const local = { address: world.address, port: rtp.port, codecs: TONE_CODECS, telephoneEvent: TELEPHONE_EVENT };
  const body = writeAudio({ ...local, direction: 'sendrecv', version: 1 });
  const invite = newInvite({ from: who.from, to: `<${who.uri}>`, uri: who.uri, contact: CONTACT, body });
  return new Promise((resolve) => {
    let call: ReturnType<typeof makeCall> | null = null;
    const transaction = world.layer.request(invite, {
      response(response) {
        if (response.status < 200) return;
        cancelRinging();
        if (response.status >= 300) {
          rtp.close();
          resolve(null);
          return;
        }
        if (call) {
          // The 200 again: our ACK was lost.
          call.acknowledge();
          return;
        }
        call = makeCall(world, callerDialog(invite, response), rtp, program);
        world.opened(call);
        call.acknowledge();
        call.connect(parseAudio(response.body.toString()));
        resolve(call);
      },
      failure(failure) {
        cancelRinging();
        world.log.info('practice call failed', { reason: failure.reason });
        rtp.close();
        resolve(null);
      },
    });
    const cancelRinging = world.clock.after(ringFor, () => transaction.cancel());
  });
}

function makeCall(world: CallWorld, dialog: Dialog, rtp: RtpSession, program: Program) {
  const { layer, clock, log } = world;
  let version = 1;
  let ended = false;
  /** We offered in a 200; the answer is in the ACK. */
  let awaitsAnswer = false;
  let stopRepeats: () => void = () => {};

  function end(): void {
    if (ended) return;
    ended = true;
    stopRepeats();
    rtp.close();
    world.ended(call);
  }

  function chooseCodec(theirs: AudioDescription): Codec | undefined {
    const able = codecsFor(program);
    return theirs.codecs.find((codec) => able.includes(codec.name));
  }

  /** Repeats the 2xx until ACK comes (RFC 3261 13.3.1.4); hangs up when none does. */
  function repeatUntilAck(send: () => void): void {
    const startedAt = clock.monotonic();
    const again = (interval: number): void => {
      stopRepeats = clock.after(interval, () => {
        if (clock.monotonic() - startedAt >= PATIENCE) {
          void call.hangUp();
          return;
        }
        send();
        again(Math.min(2 * interval, T2));
      });
    };
    stopRepeats();
    again(T1);
  }

  const call = {
    dialog,

    /** Answers the INVITE or re-INVITE; false when its offer does not suit (488 is sent). */
    answer(transaction: ServerTransaction): boolean {
      const body = transaction.request.body.toString();
      const offer = body === '' ? null : parseAudio(body);
      const codec = offer ? chooseCodec(offer) : undefined;
      if (body !== '' && (!offer || !codec)) {
        transaction.respond(createResponse(488));
        return false;
      }
      awaitsAnswer = body === '';
      const place = { address: world.address, port: rtp.port, version: version++ };
      const sdp =
        offer && codec
          ? writeAudio(
              {
                ...place,
                codecs: [codec],
                telephoneEvent: offer.telephoneEvent,
                direction: answerDirection(offer.direction),
              },
              offer,
            )
          : writeAudio({ ...place, codecs: TONE_CODECS, telephoneEvent: TELEPHONE_EVENT, direction: 'sendrecv' });
      const ok = createResponse(200, {
        headers: [
          ...transaction.request.headers.all('Record-Route').map((route) => ['Record-Route', route] as const),
          ['To', dialog.local],
          ['Contact', CONTACT],
          ['Allow', ALLOW],
          ['Content-Type', 'application/sdp'],
        ],
        body: sdp,
      });
      transaction.respond(ok);
      repeatUntilAck(() => transaction.respond(ok));
      if (offer && codec) rtp.connect(offer, codec);
      return true;
    },

    acknowledge(): void {
      layer.sendAck(dialogRequest(dialog, 'ACK')).catch((error: Error) => {
        log.warn('ACK not sent', { error: error.message });
      });
    },

    connect(answer: AudioDescription | null): void {
      const codec = answer ? chooseCodec(answer) : undefined;
      if (answer && codec) rtp.connect(answer, codec);
      else void call.hangUp();
    },

    acknowledged(ack: SipRequest): void {
      stopRepeats();
      if (awaitsAnswer) call.connect(parseAudio(ack.body.toString()));
      awaitsAnswer = false;
    },

    receive(transaction: ServerTransaction): void {
      const { request } = transaction;
      const number = parseCSeq(request.headers.get('CSeq'))?.number ?? 0;
      // RFC 3261 12.2.2: out of order.
      if (number < dialog.remoteCSeq) {
        transaction.respond(createResponse(500));
        return;
      }
      dialog.remoteCSeq = number;
      switch (request.method) {
        case 'BYE':
          transaction.respond(createResponse(200));
          end();
          return;
        case 'INVITE':
          call.answer(transaction);
          return;
        case 'INFO':
        case 'OPTIONS':
          transaction.respond(createResponse(200, { headers: [['Allow', ALLOW]] }));
          return;
        default:
          transaction.respond(createResponse(405, { headers: [['Allow', ALLOW]] }));
      }
    },

    hangUp(): Promise<void> {
      if (ended) return Promise.resolve();
      end();
      return new Promise((resolve) => {
        layer.request(dialogRequest(dialog, 'BYE'), { response: () => resolve(), failure: () => resolve() });
      });
    },
  };
  return call;
}
