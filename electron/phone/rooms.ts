// The rooms of the phone, made and joined.
import type { Logger, Preferences } from '../../contract/index.ts';
import { autoAnswerAfter, Calls } from '../calls/index.ts';
import { Accounts } from './accounts.ts';
import { CallDialogs } from './call-dialogs.ts';
import { BusyLamps } from './busy-lamps.ts';
import { CallBacks } from './call-backs.ts';
import { DialRequests } from './dial-requests.ts';
import { DirectoryServers } from './directory-servers.ts';
import { Dialling } from './dialling.ts';
import { DoNotDisturb } from './do-not-disturb.ts';
import { ForwardChoice, forwardingOf } from './forwarding.ts';
import { identify } from './identify.ts';
import { KeysAfter } from './keys-after.ts';
import { Notices } from './notices.ts';
import { Parking } from './parking.ts';
import type { PhoneParts } from './parts.ts';
import { PeopleImport } from './people-import.ts';
import { Practice } from './practice.ts';
import { Records } from './records.ts';
import { PhoneSound } from './sound.ts';
import { Texts } from './texts.ts';
import { Voicemail } from './voicemail.ts';

/** Resolves when they are written and windows are told. */
export type KeepPreferences = (changes: Partial<Preferences>) => Promise<void>;

export interface PhoneRooms {
  parts: PhoneParts;
  accounts: Accounts;
  callBacks: CallBacks;
  calls: Calls;
  dialogs: CallDialogs;
  dialling: Dialling;
  dialRequests: DialRequests;
  doNotDisturb: DoNotDisturb;
  forwardChoice: ForwardChoice;
  keysAfter: KeysAfter;
  lamps: BusyLamps;
  notices: Notices;
  peopleImport: PeopleImport;
  parking: Parking;
  practice: Practice;
  records: Records;
  servers: DirectoryServers;
  sound: PhoneSound;
  texts: Texts;
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
    isBlocked: (number) => records.isBlocked(number),
    hindrance: (accountId) => {
      if (doNotDisturb.until !== null) return 'do-not-disturb';
      if (accounts.find(accountId)?.ringHere === false) return 'rings-elsewhere';
      return settings.preferences.callWaiting === false && calls.isBusy ? 'busy' : null;
    },
    forwarding: (accountId) => forwardingOf(settings.preferences, dialling.contextOf(accounts.find(accountId))),
    autoAnswer: (caller) => autoAnswerAfter(settings.preferences, caller),
    changed,
    arrived: (call) => background(identify(call, calls, records, servers)),
    ended: (record) => {
      forwardChoice.callEnded(record);
      background(records.add(record, media.sound.qualitySeries(record.id)));
    },
    dialog: (callId, sipCallId) => dialogs.add(callId, sipCallId),
  });
  const voicemail = new Voicemail({
    sip,
    watch: (accountId, heard) => sip.subscribe(accountId, 'message-summary', '', { changed: heard }),
    changed,
  });
  const lamps = new BusyLamps({ sip, changed });
  const keysAfter = new KeysAfter({ clock, send: (callId, key) => calls.sendDigit(callId, key) });
  const dialling: Dialling = new Dialling({
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
  });
  const parking = new Parking({
    preferences: () => settings.preferences,
    now: () => clock.now(),
    transfer: (callId, target) => calls.transfers.now(callId, dialling.partyFor({ callId, target })),
    place: (target, accountId) => dialling.place(target, accountId),
    changed,
  });
  const callBacks = new CallBacks({
    sip,
    place: (party, accountId) => ({ id: calls.place(accountId, party) }),
    impossible: ({ name, number }, cause) =>
      notices.say({
        id: 'call-back-impossible',
        kind: 'warning',
        title: `Your server does not tell when ${name ?? number} is free`,
        text: cause.message,
        action: { label: 'Dismiss', command: 'dismiss-notice' },
      }),
    changed,
  });
  const texts = new Texts({
    sip,
    library,
    clock,
    log,
    account: (accountId) => accounts.find(accountId),
    identify: (number) => records.identify(number),
    isBlocked: (number) => records.isBlocked(number),
    changed,
    background,
  });
  const forwardChoice: ForwardChoice = new ForwardChoice({
    preferences: () => settings.preferences,
    account: () => dialling.accountFor(undefined),
    place: (target) => dialling.place(target),
    keep,
    notices,
    background,
  });
  return {
    parts,
    accounts,
    callBacks,
    calls,
    dialogs,
    dialling,
    forwardChoice,
    parking,
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
    texts,
    voicemail,
    keep,
  };
}

function systemRegion(): string | undefined {
  return new Intl.Locale(Intl.DateTimeFormat().resolvedOptions().locale).region;
}
