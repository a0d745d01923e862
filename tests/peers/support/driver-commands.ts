// What a spec and a driver say to each other: JSON lines, each command answered once, in order.
import * as v from 'valibot';
import { buttonSchema } from '../../headset/wire.ts';

const hz = v.number();
const callId = v.string();

export const driverCommandSchema = v.variant('do', [
  /** Starts the phone; resolves when its account is registered and its headset open. */
  v.object({ do: v.literal('launch'), provision: v.unknown(), microphoneHz: hz }),
  /** Clicks the person's name in the directory. */
  v.object({ do: v.literal('click-name'), name: v.string() }),
  /** Words of the pop-up, once it is on the screen with a call. */
  v.object({ do: v.literal('popup') }),
  v.object({ do: v.literal('click-answer') }),
  v.object({ do: v.literal('click-end') }),
  /** A button of the virtual headset. */
  v.object({ do: v.literal('press'), button: buttonSchema }),
  /** Resolves to the id of the call that is so. */
  v.object({ do: v.literal('until'), phase: v.picklist(['incoming', 'calling', 'connected', 'ended']) }),
  v.object({ do: v.literal('until-idle') }),
  v.object({ do: v.literal('hears'), callId, hz }),
  v.object({ do: v.literal('close') }),
]);
export type DriverCommand = v.InferOutput<typeof driverCommandSchema>;

export const numberedCommandSchema = v.object({ number: v.number(), command: driverCommandSchema });

export const driverAnswerSchema = v.object({
  answer: v.number(),
  /** What went wrong; null: nothing. */
  error: v.nullable(v.string()),
  value: v.optional(v.string()),
});
export type DriverAnswer = v.InferOutput<typeof driverAnswerSchema>;
