// The real SIP room under fire: an account on each hostile server, calls refused as a person would, states written down.
import type { Logger, RegistrationState } from '../../../contract/index.ts';
import { unusableOffer } from '../../../electron/media/unusable-offer.ts';
import { createSip, type IncomingSession, type Sip } from '../../../electron/sip/index.ts';
import { realClock } from '../../../electron/sip/net/testing.ts';
import type { HostileServer } from './hostile-server.ts';

export interface HostileRoom {
  readonly sip: Sip;
  /** Calls that rang so far. */
  readonly rings: readonly IncomingSession[];
  /** Errors that the room logged: none is expected, whatever comes. */
  readonly errors: readonly string[];
  state(accountId: string): RegistrationState | undefined;
  /** How often an account stopped being available. */
  lost(accountId: string): number;
  /** What becomes of calls that ring: busy, unless told. */
  onIncoming: (session: IncomingSession) => void;
  addAccount(id: string, server: HostileServer): void;
}

export function openHostileRoom(): HostileRoom {
  const rings: IncomingSession[] = [];
  const errors: string[] = [];
  const states = new Map<string, RegistrationState>();
  const losses = new Map<string, number>();
  const log: Logger = {
    debug() {},
    info() {},
    warn() {},
    error: (message, details) => errors.push(`${message} ${JSON.stringify(details)}`),
    child: () => log,
  };
  const sip = createSip({
    log,
    trace: { record() {} },
    clock: realClock,
    userAgent: 'Hookswitch/drill',
    instanceId: '6f9619ff-8b86-4011-b42d-00c04fc964ff',
    password: () => Promise.resolve('secret'),
  });
  const room: HostileRoom = {
    sip,
    rings,
    errors,
    state: (id) => states.get(id),
    lost: (id) => losses.get(id) ?? 0,
    onIncoming: refuse,
    addAccount(id, server) {
      sip.setAccount({
        id,
        displayName: 'User',
        user: 'user',
        domain: 'example.com',
        server: server.server,
        transport: server.transport,
        expires: 60,
      });
    },
  };
  sip.listen({
    registration(id, state) {
      if (states.get(id)?.name === 'available' && state.name !== 'available') losses.set(id, room.lost(id) + 1);
      states.set(id, state);
    },
    incoming(session) {
      rings.push(session);
      room.onIncoming(session);
    },
  });
  return room;
}

/** As the phone does: an offer that nobody could answer is refused before it rings, any other call here is busy. */
function refuse(session: IncomingSession): void {
  session.listen({ reoffered: () => Promise.reject(new Error('no call stands')), ended() {} });
  if (session.offer !== null && unusableOffer(session.offer, 'off') !== null) session.reject(488);
  else {
    session.ring();
    session.reject(486);
  }
}
