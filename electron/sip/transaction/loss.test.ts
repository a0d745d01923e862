// Section 17 as a whole: whatever the network loses, each request ends exactly once, each server user hears it at most
// once, and nothing is left behind.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { handClock } from '../net/testing.ts';
import { createRequest, createResponse } from '../wire/index.ts';
import { layerAt, MemoryNetwork } from './testing.ts';

test('with any pattern of loss', () => {
  const requests = fc.array(
    fc.record({
      method: fc.constantFrom('INVITE', 'MESSAGE'),
      status: fc.constantFrom(200, 486),
      /** ms until the answer, and until CANCEL. */
      answerAfter: fc.nat(3000),
      cancelAfter: fc.option(fc.nat(3000)),
    }),
    { minLength: 1, maxLength: 5 },
  );
  fc.assert(
    fc.property(requests, fc.infiniteStream(fc.nat(99)), fc.constantFrom(0, 30, 60), (plans, dice, percent) => {
      const clock = handClock();
      const network = new MemoryNetwork(clock);
      network.lose = () => (dice.next().value ?? 0) < percent;
      const served = new Map<string, number>();
      const server = layerAt(
        network,
        {
          request(transaction) {
            const id = transaction.request.headers.get('Call-ID') ?? '';
            served.set(id, (served.get(id) ?? 0) + 1);
            const plan = plans[Number(id)];
            if (plan) clock.after(plan.answerAfter, () => transaction.respond(createResponse(plan.status)));
          },
          cancel: (invite) => invite.respond(createResponse(487)),
        },
        { createNet: network.net('server', new Set()) },
      );
      const client = layerAt(network);
      const endings = plans.map(() => 0);
      for (const [index, { method, cancelAfter }] of plans.entries()) {
        const end = (): void => void (endings[index] = (endings[index] ?? 0) + 1);
        const transaction = client.request(
          createRequest(method, 'sip:b@x', [
            ['From', '<sip:a@x>;tag=1'],
            ['To', '<sip:b@x>'],
            ['Call-ID', String(index)],
            ['CSeq', `1 ${method}`],
          ]),
          { response: (response) => response.status >= 200 && end(), failure: end },
          { flow: network.flow('udp', 'phone', 'server') },
        );
        if (cancelAfter !== null) clock.after(cancelAfter, () => transaction.cancel());
      }
      // Longer than a lost 100 lets a request be repeated, plus all that follows a final response.
      clock.turn(200_000);
      // Repeating a 2xx is the server user's (this one does not), and waiting or cancelling the client user's.
      const lost = plans.map(({ method }, index) => method === 'INVITE' && endings[index] === 0);
      if (percent === 0) expect(lost).not.toContain(true);
      expect(endings.filter((_, index) => !lost[index])).toEqual(
        endings.filter((_, index) => !lost[index]).map(() => 1),
      );
      expect([...served.values()].every((count) => count === 1)).toBe(true);
      expect(server.counts).toEqual({ client: 0, server: 0 });
      expect(client.counts).toEqual({ client: lost.filter(Boolean).length, server: 0 });
      if (!lost.includes(true)) expect(clock.waiting).toBe(0);
    }),
    { numRuns: 300 },
  );
});
