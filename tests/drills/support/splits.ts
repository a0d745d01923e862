// Cutting and gluing streams: wherever a stream is cut, the framer must find the same messages.
import * as v from 'valibot';
import { createFramer, parseMessage, type FrameEvent } from '../../../electron/sip/wire/index.ts';

export const splitResult = v.object({
  cuts: v.number(),
  cutsOk: v.number(),
  pairs: v.number(),
  pairsOk: v.number(),
});
export type SplitResult = v.InferOutput<typeof splitResult>;

/** Each message cut in two at each byte. Also those that break the stream: they must break it wherever it is cut. */
export function splitEverywhere(messages: readonly Buffer[]): { cuts: number; cutsOk: number } {
  let cuts = 0;
  let cutsOk = 0;
  for (const message of messages) {
    const whole = createFramer().push(message);
    for (let cut = 1; cut < message.length; cut += 1) {
      const framer = createFramer();
      const events = framer.push(message.subarray(0, cut));
      events.push(...framer.push(message.subarray(cut)));
      cuts += 1;
      if (same(events, whole)) cutsOk += 1;
    }
  }
  return { cuts, cutsOk };
}

/** Each message that ends by itself, followed by each. Both must be parsed as they are alone. */
export function gluedInPairs(messages: readonly Buffer[]): { pairs: number; pairsOk: number } {
  const complete = messages.filter((message) => {
    const framer = createFramer();
    return framer.push(message).every((event) => event.kind !== 'error') && !framer.waiting;
  });
  let pairs = 0;
  let pairsOk = 0;
  for (const first of complete) {
    for (const second of complete) {
      const events = createFramer().push(Buffer.concat([first, second]));
      const alone = [...createFramer().push(first), ...createFramer().push(second)];
      pairs += 1;
      if (same(events, alone) && parsedAlike(events, alone)) pairsOk += 1;
    }
  }
  return { pairs, pairsOk };
}

function same(events: readonly FrameEvent[], others: readonly FrameEvent[]): boolean {
  if (events.length !== others.length) return false;
  return events.every((event, index) => {
    const other = others[index];
    if (event.kind !== 'message' || other?.kind !== 'message') return event.kind === other?.kind;
    return event.bytes.equals(other.bytes);
  });
}

function parsedAlike(events: readonly FrameEvent[], others: readonly FrameEvent[]): boolean {
  return events.map(summary).join('\n') === others.map(summary).join('\n');
}

function summary(event: FrameEvent): string {
  if (event.kind !== 'message') return event.kind;
  const message = parseMessage(event.bytes, { stream: true, head: event.head });
  if (message.kind === 'malformed') return `${message.status} ${message.reason}`;
  return JSON.stringify([message.kind, [...message.headers.entries()], message.body.toString('latin1')]);
}
