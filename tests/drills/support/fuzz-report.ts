// What the fuzzing thread is told, and what it tells.
import * as v from 'valibot';

export const fuzzOrder = v.object({
  name: v.string(),
  seconds: v.number(),
  seed: v.number(),
  /** Length (32 bits) and bytes of the input that runs. */
  current: v.instance(SharedArrayBuffer),
});
export type FuzzOrder = v.InferOutput<typeof fuzzOrder>;

export const fuzzReport = v.object({
  runs: v.number(),
  /** CPU time of the slowest input, ms. */
  slowest: v.number(),
  finds: v.array(v.object({ kind: v.string(), what: v.string(), input: v.string() })),
  /** Inputs that reached new code, and blocks of code reached. */
  corpus: v.number(),
  blocks: v.number(),
});
export type FuzzReport = v.InferOutput<typeof fuzzReport>;
export type FuzzFind = FuzzReport['finds'][number];
