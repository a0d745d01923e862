// What each check of "Why can't I be called?" makes of the facts. Pure: the words are the window's.
import type {
  AccountState,
  AudioDevice,
  Bindings,
  Connected,
  DevicesState,
  Finding,
  HeadsetState,
  Located,
  Mend,
  NatFacts,
  Preferences,
  Problem,
  ServerPlace,
  WayBack,
} from '../../../contract/index.ts';

/** A problem as a line of its own; its sentence says what to do. */
export function problemFinding(problem: Problem, mend?: Mend): Finding {
  return {
    state: 'fault',
    code: 'problem',
    problem,
    ...(problem.detail === undefined ? {} : { detail: problem.detail }),
    ...(mend === undefined ? {} : { mend }),
  };
}

export const needsTheAbove: Finding = { state: 'skipped', code: 'needsTheAbove' };
export const noAnswerInTime: Finding = { state: 'fault', code: 'noAnswerInTime' };

/** Which server, by which record. */
export function dnsFinding(located: Located): Finding {
  if (!located.ok) return problemFinding(located.problem, 'open-account');
  const [server] = located.servers;
  if (server === undefined) return noAnswerInTime;
  const values = { place: placeOf(server), count: located.servers.length };
  const { by } = server;
  if (by.kind === 'typed') return { state: 'good', code: 'dnsTyped', values };
  const code = by.kind === 'srv' ? 'dnsSrv' : 'dnsAddress';
  const detail = located.servers.map((one) => `${one.transport} ${placeOf(one)}`).join('\n');
  return { state: 'good', code, values: { ...values, name: by.name }, detail };
}

/** Whether the server takes our connection and speaks SIP; over TLS, whose certificate it has. */
export function connectionFinding(connected: Connected): Finding {
  if (!connected.ok) return problemFinding(connected.problem, 'open-account');
  const { server, failed, certificate, speaksSip } = connected;
  const values = { place: placeOf(server), transport: server.transport.toUpperCase(), count: failed };
  if (!speaksSip) return { state: 'attention', code: 'connectionSilent', values };
  if (failed > 0) return { state: 'attention', code: 'connectionSecond', values };
  if (certificate !== null) {
    const { names, issuer, validUntil } = certificate;
    return {
      state: 'good',
      code: 'connectionTls',
      values: { ...values, names, issuer: issuer === '' ? names : issuer, validUntil },
    };
  }
  return { state: 'good', code: server.transport === 'udp' ? 'connectionUdp' : 'connectionTcp', values };
}

/** State, contact, expiry, and who else is bound. `bindings`: null where the registrar does not say. */
export function registrationFinding({ registration }: Pick<AccountState, 'registration'>, bindings: Bindings): Finding {
  switch (registration.name) {
    case 'disabled':
      return { state: 'fault', code: 'accountOff', mend: 'open-account' };
    case 'connecting':
      return { state: 'fault', code: 'stillConnecting', mend: 'retry-registration' };
    case 'offline':
      return problemFinding(registration.cause, mendOf(registration.cause));
    case 'available':
      return registration.caution ? { ...problemFinding(registration.caution), state: 'attention' } : bound(bindings);
  }
}

/** A password, an address or a server that was refused is mended in the account's form; all else by trying again. */
function mendOf({ code, field }: Problem): Mend {
  return field === undefined && !/password|realm|certificate/.test(code) ? 'retry-registration' : 'open-account';
}

function bound(bindings: Bindings): Finding {
  if (bindings === null) return { state: 'good', code: 'registeredUnseen' };
  const detail = bindings
    .map(({ uri, expires, own }) => `${own ? '* ' : ''}${uri}${expires === null ? '' : `, ${expires} s`}`)
    .join('\n');
  const own = bindings.find((binding) => binding.own);
  if (own === undefined) {
    return {
      state: 'fault',
      code: 'notInList',
      values: { count: bindings.length },
      detail,
      mend: 'retry-registration',
    };
  }
  const others = bindings.filter((binding) => !binding.own).length;
  const values = { minutes: Math.max(1, Math.round((own.expires ?? 0) / 60)), count: others };
  return { state: 'good', code: others === 0 ? 'registered' : 'registeredBesides', values, detail };
}

/** Statuses with which a server says that it knows no phone of ours. */
const nobodyThere = new Set([404, 410, 480, 604]);

/** A question to our own address came in where callers come in, or it did not. */
export function wayBackFinding({ arrived, status, phrase }: WayBack): Finding {
  const detail = status === null ? undefined : `${status} ${phrase}`.trim();
  const more = detail === undefined ? {} : { detail };
  if (arrived) return { state: 'good', code: 'cameBack', ...more };
  if (status === null || status === 408) return { state: 'fault', code: 'wayBackSilent', ...more };
  if (nobodyThere.has(status)) {
    return { state: 'fault', code: 'wayBackRefused', values: { answer: detail ?? '' }, ...more };
  }
  // Many exchanges answer such a question themselves, whoever it is for.
  return { state: 'attention', code: 'wayBackUnknown', ...more };
}

export interface RingingFacts {
  /** As PhoneState has it. */
  doNotDisturbUntil: number | null;
  preferences: Pick<Preferences, 'ringerMuted' | 'ringVolume' | 'ringOn'>;
  ringHere: boolean;
}

/** What would keep a call from ringing here, the strongest first. */
export function ringingFinding(facts: RingingFacts): Finding {
  const { doNotDisturbUntil: until, preferences, ringHere } = facts;
  if (until !== null) {
    const code = until < 0 ? 'doNotDisturb' : 'doNotDisturbUntil';
    return { state: 'fault', code, values: { until }, mend: 'turn-off-do-not-disturb' };
  }
  if (!ringHere) return { state: 'fault', code: 'ringsElsewhere', mend: 'ring-here' };
  if (preferences.ringerMuted || preferences.ringVolume === 0) {
    return { state: 'attention', code: 'ringerMuted', mend: 'unmute-ringer' };
  }
  return { state: 'good', code: 'rings' };
}

/** Public address and the NAT's sort: of a STUN server if one is set, else as the SIP server saw our question come. */
export function stunFinding(nat: NatFacts | null, seen: WayBack['seen']): Finding {
  if (nat?.name === 'silent') return { state: 'attention', code: 'stunSilent', values: { server: nat.server } };
  if (nat) {
    const values = { address: nat.address };
    if (nat.isOwn) return { state: 'good', code: 'noNat', values };
    if (nat.symmetric === true) return { state: 'attention', code: 'natSymmetric', values };
    return { state: 'good', code: nat.symmetric === false ? 'natSame' : 'natSeen', values };
  }
  if (seen === null) return { state: 'note', code: 'publicAddressUnknown' };
  const isSame = seen.from === seen.left;
  return { state: 'good', code: isSame ? 'noNat' : 'natSeen', values: { address: seen.from } };
}

/** Below this the microphone is as good as muted: 55 dB under full scale. */
const silence = 0.08;
/** Below this it hears a room, but nobody who speaks; 40 dB under full scale. */
const quiet = 0.33;

/** `level`: the loudest moment, 0 to 1; null: nothing came from the microphone. */
export function microphoneFinding(devices: DevicesState, level: number | null): Finding {
  if (devices.problem) return problemFinding(devices.problem, 'open-audio-settings');
  if (devices.microphones.length === 0) return { state: 'fault', code: 'noMicrophone', mend: 'open-audio-settings' };
  const device = labelOf(devices.microphones, devices.microphoneInUse);
  const values = { device, level: Math.round(100 * (level ?? 0)) };
  if (level === null || level < silence) {
    return { state: 'attention', code: 'microphoneSilent', values, mend: 'open-audio-settings' };
  }
  return { state: 'good', code: level < quiet ? 'microphoneQuiet' : 'microphoneHears', values };
}

export function speakerFinding(
  devices: DevicesState,
  { speaker, ringOn }: Pick<Preferences, 'speaker' | 'ringOn'>,
): Finding {
  if (devices.speakers.length === 0) return { state: 'fault', code: 'noSpeaker', mend: 'open-audio-settings' };
  const device = labelOf(devices.speakers, devices.speakerInUse);
  if (ringOn?.length === 0)
    return { state: 'attention', code: 'noRinger', values: { device }, mend: 'open-audio-settings' };
  if (speaker !== null && !devices.speakers.some(({ label }) => label === speaker.label)) {
    const values = { wanted: speaker.label, device };
    return { state: 'attention', code: 'speakerOther', values, mend: 'open-audio-settings' };
  }
  return { state: 'good', code: 'speakerReady', values: { device }, mend: 'test-ring' };
}

export function headsetFinding(headset: HeadsetState, buttons: Preferences['headsetButtons']): Finding {
  if (headset.name === 'none') return { state: 'note', code: 'headsetNone' };
  const values = { product: headset.product };
  if (headset.name === 'refused') return { ...problemFinding(headset.problem), state: 'attention', values };
  if (headset.name === 'in-use-elsewhere') return { state: 'attention', code: 'headsetElsewhere', values };
  return buttons === 'never'
    ? { state: 'note', code: 'headsetOff', values }
    : { state: 'good', code: 'headsetReady', values };
}

export function popUpFinding(works: boolean): Finding {
  return works ? { state: 'good', code: 'popUpReady' } : { state: 'fault', code: 'popUpBroken' };
}

function labelOf(devices: readonly AudioDevice[], id: string | null): string {
  return (devices.find(({ deviceId }) => deviceId === id) ?? devices[0])?.label ?? '';
}

function placeOf({ address, port }: ServerPlace): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
