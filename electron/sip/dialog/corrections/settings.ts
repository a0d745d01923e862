// Corrections of what SIP.js takes for random, for patience, and for allowed.
import { randomBranch, randomToken } from '../../wire/index.ts';
import { METHODS } from '../capabilities.ts';
import { AllowedMethods, ClientTransaction, Timers, UserAgentServer } from '../sipjs.ts';
import { wrap } from './wrap.ts';

/** Branches of 23 bits and tags from Math.random collide and can be guessed (RFC 3261 8.1.1.7, 19.3). */
export function randomTokens(): void {
  Reflect.set(ClientTransaction, 'makeId', (request: { method: string; branch?: string }) =>
    request.method === 'CANCEL' && request.branch !== undefined ? request.branch : randomBranch(),
  );
  wrap(
    UserAgentServer.prototype,
    'init',
    (original) =>
      function () {
        if (this instanceof UserAgentServer && !this.message.toTag) Reflect.set(this, 'toTag', randomToken(64));
        original.call(this);
      },
  );
}

/**
 * The floor below decides when a request has failed (it may try several servers, each for 64*T1), and absorbs repeats.
 * With SIP.js's own B and F a late second server would be cut off; with its H each refused call would stay for 32 s.
 */
export function timers(): void {
  Timers.TIMER_B = 600_000;
  Timers.TIMER_F = 600_000;
  Timers.TIMER_H = 0;
}

/** SIP.js says that it allows what nobody here answers, and not what is answered above it. */
export function allowedMethods(): void {
  AllowedMethods.splice(0, AllowedMethods.length, ...METHODS);
}
