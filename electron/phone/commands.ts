// Commands: what windows and tray ask of the phone, each to the room that carries it out.
import type { Command, CommandResult } from '../../contract/index.ts';
import { callCommand, isCallCommand } from './call-commands.ts';
import type { DiagnosticsCommand } from './diagnostics.ts';
import { isPeopleCommand, peopleCommand } from './people-commands.ts';
import { headsetTest } from './headset-test.ts';
import type { PhoneRooms } from './rooms.ts';
import { refuseLocked } from './locked.ts';
import { isTextCommand, textCommand } from './text-commands.ts';

/** Throws ProblemError where it cannot be done. */
export async function carryOut(
  rooms: PhoneRooms,
  command: Exclude<Command, DiagnosticsCommand>,
): Promise<CommandResult | void> {
  if (isCallCommand(command)) return callCommand(rooms, command);
  if (isTextCommand(command)) return textCommand(rooms, command);
  if (isPeopleCommand(command)) return peopleCommand(rooms, command);
  const { parts, accounts, calls, doNotDisturb, dialRequests, notices, practice, records, servers, sound, keep } =
    rooms;
  const { settings, sip, desktop, media } = parts;
  switch (command.type) {
    case 'save-account':
      return { id: await accounts.save(command.account) };
    case 'remove-account':
      calls.hangUpAll(command.accountId);
      return accounts.remove(command.accountId);
    case 'restore-account':
      return accounts.restore(command.accountId);
    case 'retry-registration':
      return sip.retry(command.accountId);
    case 'save-server':
      return servers.save(command);
    case 'remove-server':
      return servers.remove(command.serverId);
    case 'try-server':
      return servers.try(command);
    case 'sync-server':
      return servers.sync(command.serverId);
    case 'start-practice':
      await practice.start();
      return keep({ practice: true });
    case 'stop-practice':
      await practice.close();
      return keep({ practice: false });
    case 'set-preferences':
      refuseLocked(settings.preferences.locked, command.preferences);
      await keep(command.preferences);
      if (command.preferences.video === false) endPictures(rooms);
      if (command.preferences.startAtLogin !== undefined) desktop.setStartAtLogin(command.preferences.startAtLogin);
      if ('keepCallsDays' in command.preferences) await records.keepCalls(settings.preferences.keepCallsDays);
      return sound.use(settings.preferences);
    case 'do-not-disturb':
      return doNotDisturb.choose(command.minutes);
    case 'test-ring':
      return media.ring(command.on);
    case 'test-sound':
      return media.sound.testSound(command.test);
    case 'set-ring-file':
      await sound.setRingFile(command.data);
      await keep({ ringTone: 'file', ringFileName: command.name });
      return sound.use(settings.preferences);
    case 'dial-request-taken':
      return dialRequests.taken(command.id);
    case 'dismiss-notice':
      return notices.dismiss(command.id);
    case 'headset-test':
      return headsetTest(parts, command);
    case 'window':
    case 'popup-painted':
      return; // the desktop's own; it hears every command before the phone does
    default:
      return records.command(command);
  }
}

/** Who turns pictures off in Settings means those of the calls that are on, too. */
function endPictures({ calls }: PhoneRooms): void {
  for (const { id, pictures } of calls.views) if (pictures && pictures.ours !== 'off') calls.setVideo(id, 'off');
}
