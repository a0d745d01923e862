// What host and utility process say to each other; data is cloned by the channel itself.
import * as v from 'valibot';

const ports = v.array(v.string());

export const utilityMessageSchema = v.variant('kind', [
  v.object({ kind: v.literal('message'), data: v.unknown(), ports }),
  v.object({ kind: v.literal('port-message'), port: v.string(), data: v.unknown(), ports }),
  v.object({ kind: v.literal('port-close'), port: v.string() }),
]);
export type UtilityMessage = v.InferOutput<typeof utilityMessageSchema>;
