// Calls of the running app, as the peer specs speak of them: place, answer, wait for what follows.
import type { AccountConfig, Call, TransportName } from '../../../contract/index.ts';
import type { PhoneApp } from '../../support/app.ts';
import type { Kamailio } from './kamailio.ts';

/** A provisioning file with one account of this server. */
export function accountOn(
  kamailio: Kamailio,
  user: string,
  transport: TransportName,
  media: AccountConfig['media'] = 'rtp',
  more: Partial<AccountConfig> = {},
) {
  const address = `${user}@${kamailio.domain}`;
  const account = { address, password: 'secret', server: kamailio.server(transport), transport, media };
  return { hookswitch: 1, accounts: [{ ...account, caFile: kamailio.caFile, ...more }] };
}

/** Places a call, which may fail later on. Resolves to its id. */
export async function place(app: PhoneApp, target: string): Promise<string> {
  const { id } = await app.command({ type: 'call', target });
  if (id === undefined) throw new Error(`The call to ${target} has no id.`);
  return id;
}

/** The call that waits for an answer. */
export async function incoming(app: PhoneApp): Promise<Call> {
  const { calls } = await app.until((state) => state.calls.some((call) => call.phase.name === 'incoming'));
  return one(calls, (call) => call.phase.name === 'incoming');
}

/** Answers the waiting call on the pop-up. Resolves to its id when it is connected. */
export async function answer(app: PhoneApp): Promise<string> {
  const { id } = await incoming(app);
  await (await app.page('incoming')).getByRole('button', { name: 'Answer', exact: true }).click();
  await connected(app, id);
  return id;
}

/** The call is connected and its codec settled. */
export async function connected(app: PhoneApp, callId: string): Promise<Call> {
  const { calls } = await app.until(
    (state, id) => state.calls.some((call) => call.id === id && call.phase.name === 'connected' && call.codec !== null),
    callId,
  );
  return one(calls, (call) => call.id === callId);
}

/** Which side holds the call. */
export async function held(app: PhoneApp, callId: string, wanted: { byUs: boolean; byThem: boolean }): Promise<void> {
  await app.until(
    (state, { id, byUs, byThem }) =>
      state.calls.some(
        ({ id: own, phase }) =>
          own === id && phase.name === 'connected' && phase.hold.byUs === byUs && phase.hold.byThem === byThem,
      ),
    { id: callId, ...wanted },
  );
}

/** How the call ended; its card is on the screen for three seconds more. */
export async function ended(app: PhoneApp, callId: string): Promise<Extract<Call['phase'], { name: 'ended' }>> {
  const { calls } = await app.until(
    (state, id) => state.calls.some((call) => call.id === id && call.phase.name === 'ended'),
    callId,
  );
  const { phase } = one(calls, (call) => call.id === callId);
  if (phase.name !== 'ended') throw new Error('unreachable');
  return phase;
}

/** No call is on the screen any more. */
export async function idle(app: PhoneApp): Promise<void> {
  await app.until((state) => state.calls.length === 0);
}

/** Keys that the other side pressed. */
export async function keysReceived(app: PhoneApp, callId: string, digits: string): Promise<void> {
  await app.until(
    (state, wanted) => state.calls.some((call) => call.id === wanted.id && call.receivedDigits === wanted.digits),
    { id: callId, digits },
  );
}

/** Presses keys, one after the other. */
export async function press(app: PhoneApp, callId: string, digits: string): Promise<void> {
  for (const digit of digits) await app.command({ type: 'send-digit', callId, digit });
}

function one(calls: readonly Call[], fits: (call: Call) => boolean): Call {
  const found = calls.find(fits);
  if (!found) throw new Error('The state that was waited for has no such call.');
  return found;
}
