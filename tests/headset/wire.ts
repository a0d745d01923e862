// What a test and the virtual headset's host say to each other: JSON lines over loopback TCP.
import * as v from 'valibot';

/** `jabra@127.0.0.1:4567`: which headset is plugged in, and where the test listens. */
export const addressVariable = 'HOOKSWITCH_VIRTUAL_HEADSET';
/** Path of the host's script; the app takes it in the place of its own when it is not packaged. */
export const hostVariable = 'HOOKSWITCH_HEADSET_HOST';

export const modelSchema = v.picklist(['jabra', 'poly', 'epos', 'chip', 'constant']);
export const buttonSchema = v.picklist(['hook', 'mute', 'flash', 'hold', 'reject', 'drop', 'redial']);

export const commandSchema = v.variant('type', [
  v.object({ type: v.literal('press'), button: buttonSchema }),
  v.object({ type: v.literal('plug') }),
  v.object({ type: v.literal('unplug') }),
  v.object({ type: v.literal('boom'), up: v.boolean() }),
  v.object({ type: v.literal('fault'), fault: v.picklist(['none', 'hang', 'fail']) }),
  /** An input report as it stands, hex. */
  v.object({ type: v.literal('raw'), report: v.string() }),
  /** Another program writes this output report, hex. */
  v.object({ type: v.literal('foreign-write'), report: v.string() }),
  /** The host dies, as native code may. */
  v.object({ type: v.literal('crash') }),
]);
export type VirtualCommand = v.InferOutput<typeof commandSchema>;

export const stateSchema = v.object({
  /** Commands of this connection that were carried out. */
  obeyed: v.number(),
  lamps: v.object({
    offHook: v.boolean(),
    ring: v.boolean(),
    mute: v.boolean(),
    hold: v.boolean(),
    onLine: v.boolean(),
  }),
  /** The headset's own hook. */
  hook: v.picklist([0, 1]),
  /** True while the app has it open. */
  open: v.boolean(),
  /** Output reports so far, hex. */
  written: v.array(v.string()),
});
export type VirtualState = v.InferOutput<typeof stateSchema>;

/** Splits a stream of text into lines; returns what to call with each chunk. */
export function lines(line: (text: string) => void): (chunk: string) => void {
  let rest = '';
  return (chunk) => {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) if (part !== '') line(part);
  };
}
