// PhoneState: all that windows, tray and headset lights draw from. Sent whole, with a revision; never edited by a window.
import type { AccountConfig } from './account.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { DirectoryServerState } from './directory-server.ts';
import type { HeadsetTest } from './headset.ts';
import type { CallRecord, CallResult } from './history.ts';
import type { LanguageAndRules } from './language.ts';
import { defaultPreferences, type Preferences } from './preferences.ts';
import type { ImportState } from './people.ts';
import type { Problem } from './problem.ts';
import type { GlobalShortcutId } from './shortcuts.ts';
import type { CallQuality, PersonRingTone, SoundTest } from './sound.ts';
import type { CallPictures } from './video.ts';

export interface PhoneState extends LanguageAndRules {
  /** Grows by one with each change. */
  revision: number;
  accounts: AccountState[];
  /** In order of start; an ended call stays for 3 s so that its reason can be read. */
  calls: Call[];
  /** The call that mute, hold and the headset act on. */
  activeCallId: string | null;
  /** Milliseconds since the epoch; -1: until turned off; null: off. */
  doNotDisturbUntil: number | null;
  /** Incoming calls that were missed and not seen. */
  missedCalls: number;
  /** Text messages that nobody has looked at. */
  unreadMessages: number;
  /** Grows when messages changed. */
  messagesRevision: number;
  /** Calls that were parked at the server from here. */
  parked: readonly ParkedCall[];
  /** People who are to be called when they are free. */
  callBacks: readonly CallBack[];
  /** Grow when the directory or history changed, so that lists ask again. */
  directoryRevision: number;
  historyRevision: number;
  /** The import of people that is under way or looked at; null: none. */
  peopleImport: ImportState | null;
  /** What waits in mailboxes that tell of it. */
  voicemail: VoicemailState[];
  /** What colleagues' phones do, by the number that the directory has; nothing for those that do not say. */
  lamps: Record<string, Lamp>;
  /** Servers with people on them, and how each is doing. */
  servers: DirectoryServerState[];
  devices: DevicesState;
  soundTest: SoundTest;
  headset: HeadsetState;
  /** The self-test of a headset; null: none was asked for. */
  headsetTest: HeadsetTest | null;
  preferences: Preferences;
  /** Whose keys another program has: the system gave them to that one. */
  shortcutsTaken: readonly GlobalShortcutId[];
  /** The system's own dialog asks which file it is: the phone waits for the person then. */
  fileDialogOpen: boolean;
  /** Text that a link put into the field, to be shown and waited on; a window marks it taken by `dial-request-taken`. */
  dialRequest: { id: number; text: string } | null;
  /** What the person should know now, the most important first. Windows show at most one. */
  notices: Notice[];
  /** "Why can't I be called?": what was found, or is being found; null: nobody asked yet. */
  diagnosis: Diagnosis | null;
  /** True while the practice exchange runs. */
  practice: boolean;
  /** False where the system offers no keychain: passwords are only weakly protected, and Settings says so. */
  secretsProtected: boolean;
  /** False until settings are read; the window shows nothing but its frame before. */
  ready: boolean;
  /** `Chromium host` or `Electron 45.4.1`. */
  engine: string;
  /** Of Hookswitch: `0.1.0`. */
  version: string;
}

/** Before the first snapshot: a window draws its frame and nothing else. */
export const noPhoneYet: PhoneState = {
  revision: -1,
  accounts: [],
  calls: [],
  activeCallId: null,
  doNotDisturbUntil: null,
  missedCalls: 0,
  unreadMessages: 0,
  messagesRevision: 0,
  parked: [],
  callBacks: [],
  directoryRevision: 0,
  historyRevision: 0,
  peopleImport: null,
  voicemail: [],
  lamps: {},
  servers: [],
  devices: { microphones: [], speakers: [], microphoneInUse: null, speakerInUse: null, problem: null },
  soundTest: { name: 'off' },
  headset: { name: 'none' },
  headsetTest: null,
  preferences: defaultPreferences,
  shortcutsTaken: [],
  fileDialogOpen: false,
  language: 'en',
  locale: 'en-GB',
  dialRequest: null,
  notices: [],
  diagnosis: null,
  practice: false,
  secretsProtected: true,
  ready: false,
  engine: '',
  version: '',
};

export interface VoicemailState {
  accountId: string;
  waiting: boolean;
  /** New voice messages; null: the server does not count them. */
  fresh: number | null;
  /** What to call to hear them; null: the server does not say. */
  target: string | null;
}

/** What a colleague's phone does (RFC 4235), and what they let others know of themselves (RFC 3863, RFC 4480). */
export type Lamp = 'available' | 'ringing' | 'on-call' | 'away' | 'dnd' | 'offline';

export interface AccountState {
  config: AccountConfig;
  hasPassword: boolean;
  registration: RegistrationState;
}

export type RegistrationState =
  | { name: 'disabled' }
  | { name: 'connecting' }
  /** `caution`: registered, but the person should know something, such as that the server keeps it for only 5 s. */
  | { name: 'available'; since: number; caution?: Problem }
  | { name: 'offline'; cause: Problem; retryAt: number | null };

export interface Party {
  /** From the directory, or as the other side gave it (untrusted text, already made harmless). */
  name?: string;
  company?: string;
  personId?: string;
  /** What their calls ring with, where they have a tone of their own. */
  ringTone?: PersonRingTone;
  /** What a person would dial to reach them: number or user@domain. */
  number: string;
  /** sip: URI in full. */
  uri: string;
}

export interface Call {
  id: string;
  accountId: string;
  direction: 'incoming' | 'outgoing';
  party: Party;
  phase: CallPhase;
  /** The user's own mute; the headset's and the screen's are this one. */
  muted: boolean;
  /** Equals the wire; null before there is media. */
  encrypted: boolean | null;
  /** `PCMU`, `PCMA`, `G722`, `opus`; null before there is media. */
  codec: string | null;
  /** Keys pressed in this call. */
  sentDigits: string;
  /** Keys that the other side pressed. */
  receivedDigits: string;
  /** A sentence that belongs to this call, such as "Your microphone was unplugged." */
  problem: Problem | null;
  startedAt: number;
  /** Null where the call cannot carry pictures. */
  pictures: CallPictures | null;
  /** Null before the first seconds of sound. */
  quality: CallQuality | null;
  /** Since when it is recorded, milliseconds since the epoch; null: it is not. */
  recordingSince: number | null;
  /** It is one of the calls that hear each other. */
  joined: boolean;
  /** A transfer of this call's other side, and what became of it. */
  transfer: TransferState | null;
  /** The other side wants us to call somebody: nothing happens before a person says so. */
  wish: CallWish | null;
  /** Whom the caller had dialled before the call was sent on to us; text of the other side's, made harmless. */
  divertedFrom: string | null;
  /** The phone answered by itself: the microphone is on and nobody pressed a button. */
  autoAnswered: boolean;
  /** What the person writes about it; kept with the call. */
  note: string;
  /** The last call with this party before this one. */
  lastCall: LastCall | null;
  /** Id of our call whose place this incoming one takes when it is answered (RFC 3891). */
  replaces: string | null;
}

export interface ParkedCall {
  callId: string;
  accountId: string;
  party: Party;
  /** Milliseconds since the epoch. */
  since: number;
}

export interface CallBack {
  id: string;
  accountId: string;
  party: Party;
  /** The phone rings here until they are called or taken off the list. */
  isFree: boolean;
}

export type LastCall = Pick<CallRecord, 'startedAt' | 'direction' | 'result'>;

export type TransferState =
  | { name: 'asking-first'; to: Party; consultationId: string }
  | { name: 'transferring'; to: Party; consultationId: string | null }
  | { name: 'done'; to: Party }
  | { name: 'failed'; to: Party; reason: Problem };

export interface CallWish {
  /** `transfer`: they send us on in the middle of a call (REFER). `redirect`: our call was sent on (3xx). */
  name: 'transfer' | 'redirect';
  to: Party;
}

/** A call as it starts: nothing heard, nothing pressed. */
export function newCall(call: Pick<Call, 'id' | 'accountId' | 'direction' | 'party' | 'phase' | 'startedAt'>): Call {
  return {
    ...call,
    muted: false,
    encrypted: null,
    codec: null,
    sentDigits: '',
    receivedDigits: '',
    problem: null,
    pictures: null,
    quality: null,
    recordingSince: null,
    joined: false,
    transfer: null,
    wish: null,
    divertedFrom: null,
    autoAnswered: false,
    lastCall: null,
    note: '',
    replaces: null,
  };
}

export type CallPhase =
  | { name: 'calling' }
  | { name: 'ringing'; earlyMedia: boolean }
  | { name: 'incoming'; silenced: boolean }
  | { name: 'answering' }
  | { name: 'connected'; since: number; hold: Hold }
  | { name: 'ended'; at: number; result: CallResult; reason: Problem | null };

/** Who put the call on hold, and since when either did (milliseconds since the epoch). */
export interface Hold {
  byUs: boolean;
  byThem: boolean;
  since: number | null;
}

export interface AudioDevice {
  deviceId: string;
  groupId: string;
  label: string;
}

export interface DevicesState {
  microphones: AudioDevice[];
  speakers: AudioDevice[];
  /** Ids in use now. */
  microphoneInUse: string | null;
  speakerInUse: string | null;
  /** No microphone, permission refused, device gone: in words. */
  problem: Problem | null;
}

export type HeadsetState =
  | { name: 'none' }
  /** `usbId`: vendor and product, `0b0e:0307`; audio devices of the same headset carry it in their names. */
  | { name: 'ready'; product: string; usbId: string }
  | { name: 'in-use-elsewhere'; product: string }
  | { name: 'refused'; product: string; problem: Problem };

export interface Notice {
  id: string;
  kind: 'info' | 'warning' | 'error';
  title: string;
  text: string;
  /** Of the problem that `text` tells of: windows say it in the person's language. */
  code?: string;
  /** Whose account it is about, where there are several. */
  account?: string;
  /** What a button under it does. */
  action?: {
    label: string;
    command: 'retry-registration' | 'open-accounts' | 'open-audio-settings' | 'dismiss-notice';
  };
}
