// For tests of the media room: engine and media window, played by the test.
import type { Logger } from '../../contract/index.ts';
import type { Channel } from './index.ts';

export const noLog: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, child: () => noLog };

/** Of the engine's certificate. */
export const anyFingerprint = { algorithm: 'sha-256', value: Array.from({ length: 32 }, () => 'AB').join(':') };

/** One end of a channel: what main sent, and a way to speak and to die. */
export class Peer {
  sent: Record<string, unknown>[] = [];
  say: (message: unknown) => void = () => {};
  die: (reason: string) => void = () => {};
  onSend: (message: Record<string, unknown>) => void = () => {};
  readonly channel: Channel = {
    send: (message) => {
      const known = message as Record<string, unknown>;
      this.sent.push(known);
      this.onSend(known);
    },
    onMessage: (listener) => {
      this.say = listener;
      return () => {};
    },
    onGone: (listener) => {
      this.die = listener;
      return () => {};
    },
    onRestart: () => () => {},
  };

  types(): unknown[] {
    return this.sent.map((message) => message['type']);
  }

  last(type: string): Record<string, unknown> | undefined {
    return this.sent.findLast((message) => message['type'] === type);
  }
}
