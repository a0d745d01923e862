// The rooms of the phone, made and joined.
import type { Logger, Preferences } from '../../contract/index.ts';
import { Calls } from '../calls/index.ts';
import { Accounts } from './accounts.ts';
import { CallDialogs } from './call-dialogs.ts';
import { BusyLamps } from './busy-lamps.ts';
import { DialRequests } from './dial-requests.ts';
import { DirectoryServers } from './directory-servers.ts';
import { Dialling } from './dialling.ts';
import { DoNotDisturb } from './do-not-disturb.ts';
import { identify } from './identify.ts';
import { KeysAfter } from './keys-after.ts';
import { Notices } from './notices.ts';
import type { PhoneParts } from './parts.ts';
import { PeopleImport } from './people-import.ts';
import { Practice } from './practice.ts';
import { Records } from './records.ts';
import { PhoneSound } from './sound.ts';
import { Voicemail } from './voicemail.ts';

/** Resolves when they are written and windows are told. */
export type KeepPreferences = (changes: Partial<Preferences>) => Promise<void>;

export interface PhoneRooms {
  parts: PhoneParts;
  accounts: Accounts;
  calls: Calls;
  dialogs: CallDialogs;
  dialling: Dialling;
  dialRequests: DialRequests;
  doNotDisturb: DoNotDisturb;
  keysAfter: KeysAfter;
  lamps: BusyLamps;
  notices: Notices;
  peopleImport: PeopleImport;
  practice: Practice;
  records: Records;
  servers: DirectoryServers;
  sound: PhoneSound;
  voicemail: Voicemail;
  keep: KeepPreferences;
}

export interface RoomsOptions {
  log: Logger;
  keep: KeepPreferences;
  /** Something that windows see is another. */
  changed: () => void;
  /** Work that nobody waits for; its failure is logged. */
  background: (work: Promise<unknown>) => void;
}

export function buildRooms(parts: PhoneParts, { log, keep, changed, background }: RoomsOptions): PhoneRooms {
  const { sip, media, clock, settings, library, folders, vault, desktop } = parts;
  const region = systemRegion();
  const accounts = new Accounts({ settings, vault, sip, changed });
  const records = new Records({ library, log, changed });
  const servers = new DirectoryServers({
    settings,
    vault,
    library,
    startWorker: parts.startServerWorker,
    clock,
    log,
    changed,
    directoryChanged: () => records.directoryChanged(),
  });
  const notices = new Notices(changed);
  const doNotDisturb = new DoNotDisturb({
    clock,
    until: () => settings.preferences.doNotDisturbUntil,
    keep,
    background,
  });
  const dialogs = new CallDialogs();
  const calls: Calls = new Calls({
    sip,
    media,
    clock,
    log: parts.log,
    account: (accountId) => accounts.find(accountId),
    iceServers: (account) => accounts.iceServers(account),
    refusal: (accountId, number) => {
      if (records.isBlocked(number)) return { status: 603, result: 'blocked' };
      if (doNotDisturb.until !== null) return { status: 486, result: 'missed' };
      return accounts.find(accountId)?.ringHere === false ? { status: 480, result: 'missed' } : null;
    },
    changed,
    arrived: (call) => background(identify(call, calls, records, servers)),
    ended: (record) => background(records.add(record, media.sound.qualitySeries(record.id))),
    dialog: (callId, sipCallId) => dialogs.add(callId, sipCallId),
  });
  const voicemail = new Voicemail({
    sip,
    watch: (accountId, heard) => sip.subscribe(accountId, 'message-summary', '', { changed: heard }),
    changed,
  });
  const lamps = new BusyLamps({ sip, changed });
  const keysAfter = new KeysAfter({ clock, send: (callId, key) => calls.sendDigit(callId, key) });
  return {
    parts,
    accounts,
    calls,
    dialogs,
    dialling: new Dialling({
      accounts,
      calls,
      records,
      servers,
      voicemail,
      lamps,
      keysAfter,
      notices,
      preferences: () => settings.preferences,
      region,
    }),
    dialRequests: new DialRequests({ openWindow: (view) => desktop.openWindow(view), changed }),
    doNotDisturb,
    keysAfter,
    lamps,
    notices,
    peopleImport: new PeopleImport({ library, changed, directoryChanged: () => records.directoryChanged() }),
    practice: new Practice({
      start: parts.startExchange,
      accounts,
      people: (people) => records.replaceSource('Practice', people),
    }),
    records,
    servers,
    sound: new PhoneSound({ media, folders, region, log }),
    voicemail,
    keep,
  };
}

function systemRegion(): string | undefined {
  return new Intl.Locale(Intl.DateTimeFormat().resolvedOptions().locale).region;
}
