// The media engine: calls by id, told what to do by the main process, asked for answers by the media window.
import * as v from 'valibot';
import {
  engineCommandSchema,
  windowToEngineSchema,
  type EngineCommand,
  type EngineEvent,
  type EngineToWindow,
  type WindowToEngine,
} from '../../../contract/index.ts';
import { Call } from './call.ts';
import { makeCertificate, type Certificate } from './dtls.ts';
import { readWebOffer } from './web-sdp.ts';

/** How often main hears how the lines are, ms. */
const reportInterval = 1000;

/** One line a second a call at most, lest a flood of bad datagrams becomes a flood of log lines. */
const troubleInterval = 1000;

export class Engine {
  readonly #toMain: (event: EngineEvent) => void;
  readonly #calls = new Map<string, Promise<Call>>();
  readonly #certificate: Promise<Certificate> = makeCertificate();
  /** Runs while there are calls: an engine without any is not woken. */
  #reports: ReturnType<typeof setInterval> | undefined;

  constructor(toMain: (event: EngineEvent) => void) {
    this.#toMain = toMain;
  }

  /** A message of the main process, unchecked. Never throws. */
  fromMain(message: unknown): void {
    const command = v.safeParse(engineCommandSchema, message);
    if (!command.success) {
      this.log('warn', 'message from main not understood', { issues: v.summarize(command.issues) });
      return;
    }
    this.#obey(command.output).catch((error: unknown) => this.log('error', 'command failed', { error: String(error) }));
  }

  /** A message of the media window, unchecked; `reply` goes back over the port it came by. Never throws. */
  fromWindow(message: unknown, reply: (answer: EngineToWindow) => void): void {
    const offer = v.safeParse(windowToEngineSchema, message);
    if (!offer.success) {
      this.log('warn', 'message from the media window not understood', { issues: v.summarize(offer.issues) });
      return;
    }
    this.#answer(offer.output).then(reply, (error: unknown) => {
      const { request, callId } = offer.output;
      reply({ type: 'refused', request, callId, why: String(error) });
    });
  }

  log(level: 'debug' | 'info' | 'warn' | 'error', message: string, details?: Record<string, unknown>): void {
    this.#toMain({ type: 'log', level, message, ...(details && { details }) });
  }

  async #obey(command: EngineCommand): Promise<void> {
    switch (command.type) {
      case 'hello':
        await this.#certificate;
        this.#toMain({ type: 'ready' });
        return;
      case 'open':
        await this.#open(command.callId, command.localAddress);
        return;
      case 'move':
        await this.#move(command.callId, command.localAddress);
        return;
      case 'connect':
        await (await this.#calls.get(command.callId))?.connect(command.wire);
        return;
      case 'metrics':
        (await this.#calls.get(command.callId))?.tellMetrics(command.metrics);
        return;
      case 'close': {
        const call = this.#calls.get(command.callId);
        this.#forget(command.callId);
        (await call)?.close();
      }
    }
  }

  async #open(callId: string, localAddress: string): Promise<void> {
    if (this.#calls.has(callId)) return;
    const opening = this.#makeCall(callId, localAddress);
    this.#calls.set(callId, opening);
    this.#reports ??= setInterval(() => this.#reportLinks(), reportInterval).unref();
    try {
      await this.#opened(callId, await opening);
    } catch (error) {
      this.#forget(callId);
      this.#toMain({ type: 'failed', callId, why: String(error) });
    }
  }

  #forget(callId: string): void {
    this.#calls.delete(callId);
    if (this.#calls.size > 0) return;
    clearInterval(this.#reports);
    this.#reports = undefined;
  }

  async #move(callId: string, localAddress: string): Promise<void> {
    const call = await this.#calls.get(callId);
    if (!call) return;
    try {
      await call.move(localAddress);
      await this.#opened(callId, call);
    } catch (error) {
      this.#toMain({ type: 'failed', callId, why: String(error) });
    }
  }

  async #opened(callId: string, { rtpPort }: Call): Promise<void> {
    const { fingerprint } = await this.#certificate;
    this.#toMain({ type: 'opened', callId, rtpPort, fingerprint: { algorithm: 'sha-256', value: fingerprint } });
  }

  #reportLinks(): void {
    for (const [callId, opening] of this.#calls) {
      opening.then(
        (call) => {
          const link = call.link();
          if (link && this.#calls.get(callId) === opening) this.#toMain({ type: 'link', callId, link });
        },
        () => {}, // told by `failed`
      );
    }
  }

  async #makeCall(callId: string, localAddress: string): Promise<Call> {
    let quietUntil = 0;
    return Call.open(localAddress, await this.#certificate, {
      digit: (digit) => this.#toMain({ type: 'digit', callId, digit }),
      firstPacket: (direction) => this.#toMain({ type: 'first-packet', callId, direction }),
      trouble: (what) => {
        if (performance.now() < quietUntil) return;
        quietUntil = performance.now() + troubleInterval;
        this.log('warn', what, { callId });
      },
    });
  }

  async #answer({ callId, request, sdp, selection }: WindowToEngine): Promise<EngineToWindow> {
    const call = await this.#calls.get(callId);
    if (!call) throw new Error('no such call');
    const offer = readWebOffer(sdp);
    if (!offer) throw new Error('no audio offer');
    return { type: 'answer', request, callId, sdp: await call.answerWeb(offer, selection) };
  }
}
