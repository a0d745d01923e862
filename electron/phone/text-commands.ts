// Commands about text messages.
import { ProblemError, type Command, type CommandResult, type Party } from '../../contract/index.ts';
import { partyDialled } from './party-dialled.ts';
import type { PhoneRooms } from './rooms.ts';

const types = ['send-message', 'retry-message', 'mark-messages-seen', 'remove-messages'] as const;

export type TextCommand = Extract<Command, { type: (typeof types)[number] }>;

export function isTextCommand(command: Command): command is TextCommand {
  return types.some((type) => type === command.type);
}

/** Throws ProblemError where it cannot be done. */
export async function textCommand(rooms: PhoneRooms, command: TextCommand): Promise<CommandResult | void> {
  const { texts } = rooms;
  switch (command.type) {
    case 'send-message': {
      const { accountId, party } = reached(rooms, command.target, command.accountId);
      return texts.send(accountId, party, command.text);
    }
    case 'retry-message':
      return texts.retry(command.messageId, ({ number, accountId }) => reached(rooms, number, accountId).party.uri);
    case 'mark-messages-seen':
      return texts.markSeen(command.number);
    case 'remove-messages':
      return texts.remove(command.number);
  }
}

/** Turns a call away with a sentence: as the reason of the refusal, and as a message to whoever can be written to. */
export async function declineWith(rooms: PhoneRooms, callId: string, message: string): Promise<void> {
  const call = rooms.calls.views.find(({ id, phase }) => id === callId && phase.name === 'incoming');
  rooms.calls.decline(callId, message);
  if (call && !/@anonymous\.invalid/i.test(call.party.uri)) await rooms.texts.send(call.accountId, call.party, message);
}

function reached(
  { dialling }: PhoneRooms,
  target: string,
  asked: string | undefined,
): { accountId: string; party: Party } {
  const account = dialling.accountFor(asked);
  if (!account) {
    throw new ProblemError({
      code: 'no-account',
      message: 'Add your account first: Hookswitch needs a server to send through.',
    });
  }
  return { accountId: account.id, party: partyDialled(target, undefined, dialling.contextOf(account)).party };
}
