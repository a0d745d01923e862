// "Why can't I be called?": what is looked at, what was found, and what mends it.
import type { TransportName } from './account.ts';
import type { Problem } from './problem.ts';

/** In the order of their lines; those up to `way-back` are of an account. */
export type CheckName =
  | 'dns'
  | 'connection'
  | 'registration'
  | 'way-back'
  | 'ringing'
  | 'stun'
  | 'microphone'
  | 'speaker'
  | 'headset'
  | 'pop-up';

/** `note`: worth knowing, and no fault. `skipped`: what it builds on failed. */
export type CheckState = 'waiting' | 'running' | 'good' | 'note' | 'attention' | 'fault' | 'skipped';

/** What the button of a line does. */
export type Mend =
  | 'open-account'
  | 'retry-registration'
  | 'turn-off-do-not-disturb'
  | 'ring-here'
  | 'unmute-ringer'
  | 'test-ring'
  | 'open-audio-settings';

/** Which sentence a line says. `problem`: that of its {@link Finding.problem}. */
export type FindingCode =
  | 'problem'
  | 'needsTheAbove'
  | 'noAnswerInTime'
  | 'dnsTyped'
  | 'dnsAddress'
  | 'dnsSrv'
  | 'connectionUdp'
  | 'connectionTcp'
  | 'connectionTls'
  | 'connectionSecond'
  | 'connectionSilent'
  | 'registered'
  | 'registeredBesides'
  | 'registeredUnseen'
  | 'notInList'
  | 'accountOff'
  | 'stillConnecting'
  | 'cameBack'
  | 'wayBackUnknown'
  | 'wayBackRefused'
  | 'wayBackSilent'
  | 'rings'
  | 'doNotDisturb'
  | 'doNotDisturbUntil'
  | 'ringsElsewhere'
  | 'ringerMuted'
  | 'noNat'
  | 'natSeen'
  | 'natSame'
  | 'natSymmetric'
  | 'stunSilent'
  | 'publicAddressUnknown'
  | 'microphoneHears'
  | 'microphoneQuiet'
  | 'microphoneSilent'
  | 'noMicrophone'
  | 'speakerReady'
  | 'speakerOther'
  | 'noSpeaker'
  | 'noRinger'
  | 'headsetReady'
  | 'headsetNone'
  | 'headsetElsewhere'
  | 'headsetOff'
  | 'popUpReady'
  | 'popUpBroken';

/** What a check found. Pure words are the window's: it has the code and the values. */
export interface Finding {
  state: 'good' | 'note' | 'attention' | 'fault' | 'skipped';
  code: FindingCode;
  values?: Readonly<Record<string, string | number>>;
  problem?: Problem;
  /** For support: `SRV _sip._udp.example.com`, `480 Offline`. */
  detail?: string;
  mend?: Mend;
}

export interface Check {
  name: CheckName;
  /** Null for what is of this computer. */
  accountId: string | null;
  state: CheckState;
  /** Null while it waits or runs. */
  finding: Finding | null;
}

export interface Diagnosis {
  /** Milliseconds since the epoch. */
  startedAt: number;
  /** Null while it runs. */
  endedAt: number | null;
  checks: Check[];
}

/** How a server's address was found: typed as an address, by a plain host name, or by an SRV record of this name. */
export type FoundBy = { kind: 'typed' } | { kind: 'address'; name: string } | { kind: 'srv'; name: string };

export interface ServerPlace {
  transport: TransportName;
  address: string;
  port: number;
  by: FoundBy;
}

export type Located = { ok: true; servers: readonly ServerPlace[] } | { ok: false; problem: Problem };

/** Of a server, in the parts that people can compare. */
export interface CertificateFacts {
  names: string;
  issuer: string;
  /** Milliseconds since the epoch. */
  validUntil: number;
}

export type Connected =
  | {
      ok: true;
      server: ServerPlace;
      /** Of the servers before it, which did not answer. */
      failed: number;
      certificate: CertificateFacts | null;
      /** It answered a SIP request. */
      speaksSip: boolean;
    }
  | { ok: false; problem: Problem };

export interface Binding {
  uri: string;
  /** Seconds left; null: the registrar does not say. */
  expires: number | null;
  /** This phone's. */
  own: boolean;
}

/** Who is registered under the address, as the registrar says; null where it does not say. */
export type Bindings = readonly Binding[] | null;

export interface WayBack {
  /** Our question came in where callers' calls come in. */
  arrived: boolean;
  /** What the server answered to it; null: nothing in time. */
  status: number | null;
  phrase: string;
  /** `address:port` that the server saw the question come from, and that it left from; null where it does not say. */
  seen: { from: string; left: string } | null;
}

export type NatFacts =
  /** A STUN server answered; `symmetric`: another server would see another address; null: it cannot be told. */
  { name: 'stun'; address: string; isOwn: boolean; symmetric: boolean | null } | { name: 'silent'; server: string };
