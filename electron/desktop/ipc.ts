// The one door between windows and the main process: sender, origin, right and shape are checked for each message.
import * as v from 'valibot';
import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent, WebContents } from 'electron';
import { channels } from '../../contract/channels.ts';
import {
  commandSchema,
  querySchema,
  type Command,
  type CommandResult,
  type CommandType,
  type Dispose,
  type Logger,
  type Outcome,
  type PhoneState,
  type Problem,
  type Query,
} from '../../contract/index.ts';
import { windowOfOrigin, type WindowName } from './app-protocol.ts';

/** What each origin may ask; the main window everything, the pop-up what it shows, the media window nothing. */
export const commandsOf: Record<WindowName, 'all' | readonly CommandType[]> = {
  main: 'all',
  incoming: ['answer', 'decline', 'silence', 'popup-painted'],
  media: [],
};

export interface DoorHandlers {
  command(command: Command): Promise<Outcome<CommandResult>>;
  query(query: Query): Promise<Outcome<unknown>>;
  state(): PhoneState;
  fromMedia(message: unknown): void;
}

const refused: Problem = { code: 'not-allowed', message: 'This window may not do that.' };

/** Opens the door. Returns a disposer. */
export function openDoor(ipc: IpcMain, handlers: DoorHandlers, log: Logger): Dispose {
  const outcome = async <T>(run: () => Promise<Outcome<T>>): Promise<Outcome<T>> => {
    try {
      return await run();
    } catch (error) {
      log.error('A message from a window failed.', { error: String(error) });
      return {
        ok: false,
        problem: { code: 'internal', message: 'Something went wrong inside Hookswitch. Try again.' },
      };
    }
  };
  const refuse = (event: IpcMainInvokeEvent | IpcMainEvent, what: string): Outcome<never> => {
    log.warn('A message was refused.', { what, from: event.senderFrame?.origin ?? 'a frame that is gone' });
    return { ok: false, problem: refused };
  };

  ipc.handle(channels.command, (event, message: unknown) =>
    outcome(async () => {
      const name = senderOf(event);
      const parsed = v.safeParse(commandSchema, message);
      if (name === null) return refuse(event, 'command');
      if (!parsed.success) return { ok: false, problem: shapeProblem(parsed.issues[0]) };
      if (!mayCommand(name, parsed.output.type)) return refuse(event, parsed.output.type);
      return handlers.command(parsed.output);
    }),
  );
  ipc.handle(channels.query, (event, message: unknown) =>
    outcome(async () => {
      const parsed = v.safeParse(querySchema, message);
      const name = senderOf(event);
      if (name === null || !parsed.success || !mayQuery(name, parsed.output.type)) return refuse(event, 'query');
      return handlers.query(parsed.output);
    }),
  );
  ipc.handle(channels.currentState, (event) => {
    const name = senderOf(event);
    return name === 'main' || name === 'incoming' ? handlers.state() : null;
  });
  const fromMedia = (event: IpcMainEvent, message: unknown) => {
    if (senderOf(event) === 'media') handlers.fromMedia(message);
    else refuse(event, 'media');
  };
  ipc.on(channels.media, fromMedia);

  return () => {
    for (const channel of [channels.command, channels.query, channels.currentState]) ipc.removeHandler(channel);
    ipc.off(channels.media, fromMedia);
  };
}

export function mayCommand(name: WindowName, type: CommandType): boolean {
  const allowed = commandsOf[name];
  return allowed === 'all' || allowed.includes(type);
}

/** The pop-up shows who calls; lists are the main window's. */
export function mayQuery(name: WindowName, type: Query['type']): boolean {
  return name === 'main' || (name === 'incoming' && type === 'picture');
}

/** Only the top frame of one of our own pages; anything else is nobody. */
function senderOf(event: IpcMainInvokeEvent | IpcMainEvent): WindowName | null {
  const frame = event.senderFrame;
  if (!frame || frame.parent !== null) return null;
  return windowOfOrigin(frame.origin);
}

function shapeProblem(issue: v.BaseIssue<unknown>): Problem {
  const field = issue.path?.at(-1)?.key;
  return {
    code: 'not-valid',
    message: issue.message,
    ...(typeof field === 'string' ? { field } : {}),
  };
}

/** Sends the state to a window that draws it. */
export function sendState(contents: WebContents, state: PhoneState): void {
  if (!contents.isDestroyed()) contents.send(channels.state, state);
}
