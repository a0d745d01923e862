// Commands: what a window may ask of the phone. One schema; each origin has its own list.
import * as v from 'valibot';
import { accountDraftSchema } from './account.ts';
import { directoryServerDraftSchema } from './directory-server.ts';
import { forwardKindSchema } from './forwarding.ts';
import { historyChoice, longestNote } from './history.ts';
import { longestMessage } from './messages.ts';
import { peopleFormatSchema, personDraftSchema } from './people.ts';
import { preferencesSchema } from './preferences.ts';
import { videoSourceSchema } from './video.ts';

const callId = v.pipe(v.string(), v.maxLength(64));
/** Bytes. */
const largestRingFile = 5_000_000;
const largestImport = 64 * 1024 * 1024;
const target = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(512));

export const commandSchema = v.variant('type', [
  v.object({
    type: v.literal('call'),
    target,
    accountId: v.optional(v.string()),
    personId: v.optional(v.string()),
    /** What a preview said would be dialled; when something else would be now, nothing is. */
    shown: v.optional(v.pipe(v.string(), v.maxLength(512))),
    /** They are not to see who calls. */
    anonymous: v.optional(v.boolean()),
  }),
  /** Leaves a call with the server by its code; takes it back; takes it off the list. */
  v.object({ type: v.literal('park'), callId }),
  v.object({ type: v.literal('retrieve'), callId }),
  v.object({ type: v.literal('forget-parked'), callId }),
  /** Rings here when the one whom this call did not reach is free. */
  v.object({ type: v.literal('call-back-when-free'), callId }),
  v.object({ type: v.literal('call-back-now'), id: target }),
  v.object({ type: v.literal('cancel-call-back'), id: target }),
  /** Calls the mailbox of this account. */
  v.object({ type: v.literal('call-voicemail'), accountId: v.optional(v.string()) }),
  /** Answers here the call that rings at a colleague's phone. */
  v.object({ type: v.literal('pick-up'), number: target }),
  v.object({ type: v.literal('answer'), callId }),
  /** `message`: sent to the caller as a text, and as the reason of the refusal. */
  v.object({ type: v.literal('decline'), callId, message: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(200))) }),
  /** Stops the ringing here; `on: true` rings again. */
  v.object({ type: v.literal('silence'), callId, on: v.optional(v.boolean()) }),
  v.object({ type: v.literal('hang-up'), callId }),
  v.object({ type: v.literal('hold'), callId, on: v.boolean() }),
  v.object({ type: v.literal('mute'), callId, on: v.boolean() }),
  v.object({ type: v.literal('send-digit'), callId, digit: v.pipe(v.string(), v.regex(/^[0-9*#A-D]$/)) }),
  /** Where the call goes straight to the other side, and the person allows pictures at all. */
  v.object({
    type: v.literal('set-video'),
    callId,
    source: videoSourceSchema,
    /** Of `screen`: one of what the query `screens` lists; the screen that the phone is on when absent. */
    screen: v.optional(v.pipe(v.string(), v.maxLength(256))),
  }),
  v.object({ type: v.literal('make-active'), callId }),
  /** These calls hear each other, in one conference; it grows by a later `join`. */
  v.object({ type: v.literal('join'), callIds: v.pipe(v.array(callId), v.minLength(2)) }),
  /** Takes a call out of the conference and puts it on hold. */
  v.object({ type: v.literal('split'), callId }),
  /** Gives the other side of this call to `target`, without asking there. */
  v.object({ type: v.literal('transfer'), callId, target, personId: v.optional(v.string()) }),
  /** Calls `target` first, while the caller waits. */
  v.object({ type: v.literal('ask-first'), callId, target, personId: v.optional(v.string()) }),
  /** `callId` is the caller's call, not the one with whom was asked. */
  v.object({ type: v.literal('complete-transfer'), callId }),
  /** Ends the asking; takes the word about a failed transfer away. */
  v.object({ type: v.literal('back-to-caller'), callId }),
  /** Consent, or none, to a call that the other side wants us to make. */
  v.object({ type: v.literal('answer-wish'), callId, yes: v.boolean() }),
  /** Where calls go on to; null: they ring here. */
  v.object({ type: v.literal('forward'), kind: forwardKindSchema, target: v.nullable(target) }),
  v.object({ type: v.literal('record'), callId, on: v.boolean() }),
  /** Shows a recording in the system's file manager; it is not opened. */
  v.object({ type: v.literal('show-recording'), file: v.pipe(v.string(), v.maxLength(4096), v.endsWith('.wav')) }),
  v.object({ type: v.literal('save-account'), account: accountDraftSchema }),
  v.object({ type: v.literal('remove-account'), accountId: v.string() }),
  /** Takes the last removal back, with the password. */
  v.object({ type: v.literal('restore-account'), accountId: v.string() }),
  v.object({ type: v.literal('retry-registration'), accountId: v.optional(v.string()) }),
  v.object({ type: v.literal('save-server'), ...directoryServerDraftSchema.entries }),
  v.object({ type: v.literal('remove-server'), serverId: v.string() }),
  /** Asks a server now, as it would be after saving; the result says how many people it has. Nothing is kept. */
  v.object({ type: v.literal('try-server'), ...directoryServerDraftSchema.entries }),
  /** Copies an address book now instead of later. */
  v.object({ type: v.literal('sync-server'), serverId: v.string() }),
  v.object({ type: v.literal('start-practice') }),
  v.object({ type: v.literal('stop-practice') }),
  v.object({ type: v.literal('set-preferences'), preferences: v.partial(preferencesSchema) }),
  /** minutes; 0 turns it off, -1 until turned off, `until-tomorrow` as such. */
  v.object({ type: v.literal('do-not-disturb'), minutes: v.union([v.number(), v.literal('until-tomorrow')]) }),
  v.object({ type: v.literal('save-person'), person: personDraftSchema }),
  v.object({ type: v.literal('remove-person'), personId: v.string() }),
  v.object({ type: v.literal('restore-person'), personId: v.string() }),
  v.object({ type: v.literal('set-favourite'), personId: v.string(), favourite: v.boolean() }),
  /** Asks for a file of people, and reads it. */
  v.object({ type: v.literal('choose-import') }),
  /** Reads a file that was dropped on the window. */
  v.object({
    type: v.literal('read-import'),
    name: v.pipe(v.string(), v.maxLength(256)),
    data: v.pipe(
      v.instance(Uint8Array),
      v.check((data) => data.byteLength <= largestImport, 'A file of people may have 64 megabytes at most.'),
    ),
  }),
  /** Writes what was read. */
  v.object({ type: v.literal('write-import') }),
  /** Stops the import, takes back what it wrote, and forgets it. */
  v.object({ type: v.literal('cancel-import') }),
  /** Takes back an import of earlier, one of the query `past-imports`. */
  v.object({ type: v.literal('undo-import'), importId: v.pipe(v.string(), v.maxLength(256)) }),
  /** It is finished and was looked at. */
  v.object({ type: v.literal('close-import') }),
  /** Asks the person where to, and writes everybody. */
  v.object({ type: v.literal('export-people'), format: peopleFormatSchema }),
  /** All become the first of them; `undo` in the result takes it back. */
  v.object({
    type: v.literal('merge-people'),
    personIds: v.pipe(v.array(v.string()), v.minLength(2), v.maxLength(100)),
  }),
  /** They look alike and are several people: from now on nobody is asked to merge them, or again they are. */
  v.object({
    type: v.literal('keep-apart'),
    personIds: v.pipe(v.array(v.string()), v.minLength(2), v.maxLength(100)),
    apart: v.boolean(),
  }),
  v.object({ type: v.literal('undo-people'), undo: v.string() }),
  /** Asks the person where to, and writes the calls of the list as CSV. */
  v.object({ type: v.literal('export-history'), ...historyChoice }),
  /** Writes a text to a number or address (SIP MESSAGE). */
  v.object({
    type: v.literal('send-message'),
    target,
    text: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(longestMessage)),
    accountId: v.optional(v.string()),
  }),
  v.object({ type: v.literal('retry-message'), messageId: v.pipe(v.string(), v.maxLength(64)) }),
  v.object({ type: v.literal('mark-messages-seen'), number: target }),
  v.object({ type: v.literal('remove-messages'), number: target }),
  /** What the person writes about a call that is on or was. */
  v.object({
    type: v.literal('set-note'),
    callId: v.pipe(v.string(), v.maxLength(256)),
    note: v.pipe(v.string(), v.maxLength(longestNote)),
  }),
  v.object({ type: v.literal('mark-history-seen') }),
  v.object({ type: v.literal('remove-history'), recordId: v.string() }),
  v.object({ type: v.literal('dial-request-taken'), id: v.number() }),
  v.object({ type: v.literal('dismiss-notice'), id: v.string() }),
  /** Microphone level and ring test in settings. */
  v.object({ type: v.literal('test-ring'), on: v.boolean() }),
  /** Looks why nobody can call here; PhoneState tells what is found. */
  v.object({ type: v.literal('diagnose') }),
  /** Onto the system's clipboard. */
  v.object({ type: v.literal('copy-text'), text: v.pipe(v.string(), v.maxLength(4_000_000)) }),
  /** Collects what support needs to help, without secrets; the queries `bundle` and `bundle-file` show it. */
  v.object({ type: v.literal('prepare-bundle') }),
  /** Asks the person where to, and writes what was prepared and shown, as a zip file. */
  v.object({ type: v.literal('save-bundle'), leaveOut: v.pipe(v.array(v.string()), v.maxLength(64)) }),
  v.object({ type: v.literal('clear-trace') }),
  /** Asks the person where to, and writes what the trace's list shows for this text. */
  v.object({
    type: v.literal('save-trace'),
    format: v.picklist(['text', 'pcap']),
    text: v.pipe(v.string(), v.maxLength(256)),
    /** Only messages of this call. */
    callId: v.optional(callId),
  }),
  /** Asks the person where to, and writes what the headsets said and were told. */
  v.object({ type: v.literal('save-headset-trace') }),
  /** `yes` and `no` answer "does it light?"; `skip`: the headset has no such button; `copy`: the result as text. */
  v.object({ type: v.literal('headset-test'), action: v.picklist(['start', 'yes', 'no', 'skip', 'copy', 'stop']) }),
  v.object({ type: v.literal('test-sound'), test: v.picklist(['off', 'level', 'hear-yourself']) }),
  /** Copies a person's own ring tone into the profile and uses it. */
  v.object({
    type: v.literal('set-ring-file'),
    name: v.pipe(v.string(), v.maxLength(256)),
    data: v.pipe(
      v.instance(Uint8Array),
      v.check((data) => data.byteLength <= largestRingFile, 'A ring tone may have 5 megabytes at most.'),
    ),
  }),
  v.object({ type: v.literal('window'), action: v.picklist(['minimize', 'toggle-maximize', 'close']) }),
  /** The incoming window says that it has painted this call (a bench reads it) and how high it wants to be, CSS px. */
  v.object({ type: v.literal('popup-painted'), callId, height: v.pipe(v.number(), v.minValue(80), v.maxValue(900)) }),
]);

export type Command = v.InferOutput<typeof commandSchema>;
export type CommandType = Command['type'];

/** What a successful command returns: the id of the call, account or person it made, where it made one. */
export interface CommandResult {
  id?: string;
  /** The file that was written; absent when the person thought better of it. */
  file?: string;
  /** For `undo-people`. */
  undo?: string;
  /** People that a server has; `more`: at least. */
  people?: { count: number; more: boolean };
}
