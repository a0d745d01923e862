// Commands about calls: each to the room that carries it out.
import {
  forwardPreference,
  ProblemError,
  type Call,
  type Command,
  type CommandResult,
  type Party,
  type VideoSource,
} from '../../contract/index.ts';
import { refuseLocked } from './locked.ts';
import type { PhoneRooms } from './rooms.ts';
import { declineWith } from './text-commands.ts';

const types = [
  'call',
  'call-voicemail',
  'pick-up',
  'answer',
  'decline',
  'silence',
  'hang-up',
  'hold',
  'make-active',
  'set-video',
  'mute',
  'send-digit',
  'join',
  'split',
  'transfer',
  'ask-first',
  'complete-transfer',
  'back-to-caller',
  'answer-wish',
  'forward',
  'set-note',
  'park',
  'retrieve',
  'forget-parked',
  'call-back-when-free',
  'call-back-now',
  'cancel-call-back',
  'record',
  'show-recording',
] as const satisfies readonly Command['type'][];

export type CallCommand = Extract<Command, { type: (typeof types)[number] }>;

export function isCallCommand(command: Command): command is CallCommand {
  return types.some((type) => type === command.type);
}

/** Throws ProblemError where it cannot be done. */
export async function callCommand(rooms: PhoneRooms, command: CallCommand): Promise<CommandResult | void> {
  const { callBacks, calls, dialling, parking, parts, records, sound } = rooms;
  switch (command.type) {
    case 'call':
      return dialling.place(command.target, command.accountId, command);
    case 'park':
      return parking.park(callOf(rooms, command.callId));
    case 'retrieve':
      return parking.retrieve(command.callId);
    case 'forget-parked':
      return parking.forget(command.callId);
    case 'call-back-when-free': {
      const { accountId, party } = callOf(rooms, command.callId);
      return callBacks.ask(accountId, party);
    }
    case 'call-back-now':
      return callBacks.call(command.id);
    case 'cancel-call-back':
      return callBacks.cancel(command.id);
    case 'call-voicemail':
      return dialling.callVoicemail(command.accountId);
    case 'pick-up':
      return dialling.pickUp(command.number);
    case 'answer':
      return calls.answer(command.callId);
    case 'decline':
      if (command.message) return declineWith(rooms, command.callId, command.message);
      return calls.decline(command.callId);
    case 'silence':
      return calls.silence(command.callId, command.on ?? true);
    case 'hang-up':
      return calls.hangUp(command.callId);
    case 'hold':
      return calls.hold(command.callId, command.on);
    case 'make-active':
      return calls.hold(command.callId, false);
    case 'set-video':
      return setVideo(rooms, command.callId, command.source);
    case 'mute':
      return calls.mute(command.callId, command.on);
    case 'send-digit':
      return calls.sendDigit(command.callId, command.digit);
    case 'join':
      return calls.join(command.callIds);
    case 'split':
      return calls.split(command.callId);
    case 'transfer':
      return calls.transfers.now(command.callId, await namedParty(rooms, command));
    case 'ask-first':
      return made(calls.transfers.askFirst(command.callId, await namedParty(rooms, command)));
    case 'complete-transfer':
      return calls.transfers.complete(command.callId);
    case 'back-to-caller':
      return calls.transfers.backToCaller(command.callId);
    case 'answer-wish':
      return made(calls.answerWish(command.callId, command.yes));
    case 'forward':
      refuseLocked(parts.settings.preferences.locked, {
        [forwardPreference[command.kind]]: command.target ?? undefined,
      });
      return rooms.forwardChoice.choose(command.kind, command.target);
    case 'set-note':
      return calls.note(command.callId, command.note) ? undefined : records.setNote(command.callId, command.note);
    case 'record':
      return command.on ? record(rooms, command.callId) : calls.stopRecording(command.callId);
    case 'show-recording':
      return parts.desktop.showFile(await sound.recordingAt(command.file));
  }
}

/** Whom a caller is given to, by their own name: it stands on the caller's card until that is over. */
async function namedParty(
  { dialling, records }: PhoneRooms,
  command: Extract<CallCommand, { type: 'transfer' | 'ask-first' }>,
): Promise<Party> {
  const party = dialling.partyFor(command);
  return { ...party, ...(await records.identify(party.number)) };
}

/** To end a picture needs nobody's leave. */
function setVideo({ calls, parts }: PhoneRooms, callId: string, source: VideoSource): void {
  if (source !== 'off' && parts.settings.preferences.video !== true) {
    throw new ProblemError({
      code: 'video-off',
      message: 'Video is off. Turn it on in Settings, under Calls, to show a picture or to see one.',
    });
  }
  calls.setVideo(callId, source);
}

function callOf({ calls }: PhoneRooms, callId: string): Call {
  const call = calls.views.find(({ id }) => id === callId);
  if (call) return call;
  throw new ProblemError({ code: 'call-gone', message: 'This call is no longer there.' });
}

async function record({ calls, parts, sound }: PhoneRooms, callId: string): Promise<void> {
  const call = calls.views.find(({ id }) => id === callId);
  if (!call) return;
  const { preferences } = parts.settings;
  const file = await sound.recordingPath(call, preferences, new Date(parts.clock.now()));
  calls.startRecording(callId, file, preferences.recordingTone ?? true);
}

function made(id: string | null): CommandResult {
  return id === null ? {} : { id };
}
