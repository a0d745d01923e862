// What the main process and the thread of a directory server say to each other, checked on both sides.
import * as v from 'valibot';
import {
  cardDavServerSchema,
  directoryServerSchema,
  ldapServerSchema,
  personDraftSchema,
  problemSchema,
} from '../../../contract/index.ts';

const password = v.nullable(v.string());
/** Shared memory is never asked of. */
const bytes = v.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** What a thread may be started with: DNS servers instead of the system's, `address:port`. */
export const serverThreadSchema = v.nullish(v.object({ dnsServers: v.optional(v.array(v.string())) }));

export const serverTaskSchema = v.variant('do', [
  /** People who match typed text. */
  v.object({ do: v.literal('search'), server: ldapServerSchema, password, text: v.string(), limit: v.number() }),
  /** Whose number this is. */
  v.object({ do: v.literal('identify'), server: ldapServerSchema, password, number: v.string() }),
  /** What changed since `known`, which is the store's list of versions as it wrote it. */
  v.object({ do: v.literal('sync'), server: cardDavServerSchema, password, known: bytes }),
  /** Whether it answers, and how many people it has. */
  v.object({ do: v.literal('try'), server: directoryServerSchema, password }),
]);
export type ServerTask = v.InferOutput<typeof serverTaskSchema>;

export const serverRequestSchema = v.object({ request: v.number(), task: serverTaskSchema });
export type ServerRequest = v.InferOutput<typeof serverRequestSchema>;

/** What a thread says first: starting one takes seconds on a busy computer, which no server is to blame for. */
export const serverReady = 'ready';

export const serverReplySchema = v.variant('ok', [
  v.object({ request: v.number(), ok: v.literal(true), value: v.unknown() }),
  v.object({ request: v.number(), ok: v.literal(false), problem: problemSchema }),
]);
export type ServerReply = v.InferOutput<typeof serverReplySchema>;

export const foundSchema = v.object({
  people: v.array(v.object({ ...personDraftSchema.entries, id: v.string() })),
  /** The server has more than it gave. */
  more: v.boolean(),
});
export type Found = v.InferOutput<typeof foundSchema>;

export const identifiedSchema = v.nullable(v.object({ name: v.string(), company: v.optional(v.string()) }));
export type Identified = v.InferOutput<typeof identifiedSchema>;

/** JSON of a `SourceChanges`, handed to the store as it is: main does not read thousands of people. */
export const syncedSchema = bytes;

export const triedSchema = v.object({ people: v.number(), more: v.boolean() });
export type Tried = v.InferOutput<typeof triedSchema>;
