// For tests: a scripted server and a room registered with it, anew for each test.
import { afterEach, beforeEach, expect } from 'vitest';
import type { IncomingSession, OutgoingSession, SipAccount } from '../types.ts';
import { realClock } from '../net/testing.ts';
import type { SipRequest, SipResponse } from '../wire/index.ts';
import { openRoom, remember, sdp, startServer, type Room, type ScriptedServer } from './scripted-server.ts';
import { createSkippingClock, type SkippingClock } from './skipping-clock.ts';

export interface Stage {
  readonly server: ScriptedServer;
  readonly room: Room;
  /** The room's. */
  readonly clock: SkippingClock;
  /** The server's Contact, for responses. */
  contact(): [string, string];
  /** The phone calls, the server answers; `headers` are those of its 200. */
  placedCall(
    headers?: readonly [string, string][],
  ): Promise<{ invite: SipRequest; session: OutgoingSession; listener: ReturnType<typeof remember> }>;
  /** The server calls, the phone answers. */
  answeredCall(headers?: readonly [string, string][]): Promise<{
    invite: SipRequest;
    ok: SipResponse;
    session: IncomingSession;
    listener: ReturnType<typeof remember>;
  }>;
}

/** To be called once at the top of a test file. What the room complains of in its log fails the test. */
export function useStage(account: Partial<SipAccount> = {}): Stage {
  let server: ScriptedServer;
  let room: Room;
  let clock: SkippingClock;

  beforeEach(async () => {
    server = await startServer();
    clock = createSkippingClock(realClock);
    room = openRoom(server, { account, clock });
    await room.state('available');
    await server.request('REGISTER');
  });

  afterEach(async () => {
    server.knowNothing();
    await room.sip.close();
    server.close();
    expect(room.complaints).toEqual([]);
  });

  const stage: Stage = {
    get server() {
      return server;
    },
    get room() {
      return room;
    },
    get clock() {
      return clock;
    },
    contact: () => ['Contact', `<sip:bob@127.0.0.1:${server.port}>`],
    async placedCall(headers = []) {
      const session = room.sip.invite('alice', '4410', sdp);
      const listener = remember();
      session.listen(listener);
      const invite = await server.request('INVITE');
      server.reply(invite, 200, { headers: [stage.contact(), ...headers], sdp });
      await listener.event('accepted with sdp');
      await server.request('ACK');
      return { invite, session, listener };
    },
    async answeredCall(headers = []) {
      const invite = server.send('INVITE', { sdp, headers: [...headers] });
      const session = await room.incoming();
      const listener = remember();
      session.listen(listener);
      const accepted = session.accept(sdp);
      const ok = await server.response(200);
      server.send('ACK', { headers: [...inside(invite, ok), ['CSeq', ackOf(invite)]] });
      await accepted;
      return { invite, ok, session, listener };
    },
  };
  return stage;
}

/** Headers of a request within the dialog of a call that the phone began with `invite`; `tag` is the server's. */
export function toCaller(invite: SipRequest, tag = 'server'): [string, string][] {
  return [
    ['Call-ID', invite.headers.get('Call-ID') ?? ''],
    ['From', `${invite.headers.get('To') ?? ''};tag=${tag}`],
    ['To', invite.headers.get('From') ?? ''],
  ];
}

/** Headers of a request within the dialog of a call that the server began with `invite` and the phone answered with `ok`. */
export function inside(invite: SipRequest, ok: SipResponse): [string, string][] {
  return [
    ['Call-ID', invite.headers.get('Call-ID') ?? ''],
    ['To', ok.headers.get('To') ?? ''],
  ];
}

/** CSeq of the ACK to this INVITE. */
export function ackOf(invite: SipRequest): string {
  return (invite.headers.get('CSeq') ?? '').replace('INVITE', 'ACK');
}
