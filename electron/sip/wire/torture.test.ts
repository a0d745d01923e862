// RFC 4475 and RFC 5118: each torture message is accepted, refused with the right status, or dropped.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { checkRequest, checkResponse, createFramer, parseMessage, parseVia } from './index.ts';

const DIRECTORY = new URL('../../../tests/fixtures/sip-torture/', import.meta.url);
const { messages } = v.parse(
  v.object({
    messages: v.array(
      v.object({
        id: v.string(),
        file_wire: v.string(),
        expected: v.picklist(['accept', 'reject', 'reject-or-lenient', 'drop']),
        ua_final_codes: v.array(v.number()),
        note: v.string(),
      }),
    ),
  }),
  JSON.parse(readFileSync(new URL('index.json', DIRECTORY), 'utf8')),
);

/** Refused by what lies above: method, dialog, body and offer are not this floor's business. */
const ABOVE = new Set(['invut', 'sdp01']);

function wire(message: { file_wire: string }): Buffer {
  return readFileSync(new URL(message.file_wire, DIRECTORY));
}

/** 0: passes to the layer above; -1: dropped without a word; else the status that refuses it. */
function verdict(bytes: Buffer): number {
  const message = parseMessage(bytes);
  if (message.kind === 'response') return checkResponse(message) ? 0 : -1;
  const request = message.kind === 'malformed' ? message.request : message;
  if (!request || !parseVia(request.headers.get('Via') ?? '')) return -1;
  if (message.kind === 'malformed') return message.status;
  return checkRequest(request, { extensions: new Set() })?.status ?? 0;
}

describe.each(messages)('$id: $note', (message) => {
  test(`is to be: ${message.expected}`, () => {
    const outcome = verdict(wire(message));
    if (message.expected === 'drop') expect(outcome).toBe(-1);
    else if (message.id === 'test') expect(outcome).toBe(-1);
    else if (message.expected === 'reject' && !ABOVE.has(message.id)) expect(message.ua_final_codes).toContain(outcome);
    else expect([0, ...message.ua_final_codes]).toContain(outcome);
  });
});

test('messages that come through a stream are the same, wherever the stream is cut', () => {
  // Those that a framer must refuse or cannot end stay out; framer.test.ts has them.
  const whole = messages
    .map((message) => ({ id: message.id, bytes: wire(message) }))
    .filter(({ bytes }) => {
      const [event, ...rest] = createFramer().push(bytes);
      return event?.kind === 'message' && rest.length === 0 && event.bytes.length === bytes.length;
    });
  expect(whole.length).toBeGreaterThan(40);
  for (const { id, bytes } of whole) {
    for (let cut = 1; cut < bytes.length; cut++) {
      const framer = createFramer();
      const events = [...framer.push(bytes.subarray(0, cut)), ...framer.push(bytes.subarray(cut))];
      const [event] = events;
      if (events.length !== 1 || event?.kind !== 'message' || !event.bytes.equals(bytes)) {
        throw new Error(`${id} cut at ${cut}: ${JSON.stringify(events)}`);
      }
    }
  }
});
