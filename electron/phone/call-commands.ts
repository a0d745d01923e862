// Commands about calls: each to the room that carries it out.
import { ProblemError, type Command, type CommandResult, type VideoSource } from '../../contract/index.ts';
import type { PhoneRooms } from './rooms.ts';

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
  'record',
  'show-recording',
] as const satisfies readonly Command['type'][];

export type CallCommand = Extract<Command, { type: (typeof types)[number] }>;

export function isCallCommand(command: Command): command is CallCommand {
  return types.some((type) => type === command.type);
}

/** Throws ProblemError where it cannot be done. */
export async function callCommand(rooms: PhoneRooms, command: CallCommand): Promise<CommandResult | void> {
  const { calls, dialling, parts, sound } = rooms;
  switch (command.type) {
    case 'call':
      return dialling.place(command.target, command.accountId, command);
    case 'call-voicemail':
      return dialling.callVoicemail(command.accountId);
    case 'pick-up':
      return dialling.pickUp(command.number);
    case 'answer':
      return calls.answer(command.callId);
    case 'decline':
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
      return calls.transfers.now(command.callId, dialling.partyFor(command));
    case 'ask-first':
      return made(calls.transfers.askFirst(command.callId, dialling.partyFor(command)));
    case 'complete-transfer':
      return calls.transfers.complete(command.callId);
    case 'back-to-caller':
      return calls.transfers.backToCaller(command.callId);
    case 'answer-wish':
      return made(calls.answerWish(command.callId, command.yes));
    case 'record':
      return command.on ? record(rooms, command.callId) : calls.stopRecording(command.callId);
    case 'show-recording':
      return parts.desktop.showFile(await sound.recordingAt(command.file));
  }
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
