// Diagnostics as windows ask for them: why nobody can call, the SIP trace, the log, the support bundle.
import type {
  Command,
  CommandResult,
  Diagnosis,
  Logger,
  PhoneState,
  Query,
  QueryResults,
} from '../../contract/index.ts';
import { PhoneDiagnosis } from './diagnosis.ts';
import type { Equipment } from './equipment.ts';
import type { PhoneRooms } from './rooms.ts';
import { saveHeadsetTrace, saveTrace } from './save-trace.ts';
import { SupportBundle } from './support-bundle.ts';

const commands = [
  'diagnose',
  'copy-text',
  'prepare-bundle',
  'save-bundle',
  'clear-trace',
  'save-trace',
  'save-headset-trace',
] as const satisfies readonly Command['type'][];
const queries = [
  'trace',
  'trace-message',
  'call-quality',
  'log',
  'bundle',
  'bundle-file',
] as const satisfies readonly Query['type'][];

export type DiagnosticsCommand = Extract<Command, { type: (typeof commands)[number] }>;
export type DiagnosticsQuery = Extract<Query, { type: (typeof queries)[number] }>;

export function isDiagnosticsCommand(command: Command): command is DiagnosticsCommand {
  return commands.some((type) => type === command.type);
}

export function isDiagnosticsQuery(query: Query): query is DiagnosticsQuery {
  return queries.some((type) => type === query.type);
}

export interface DiagnosticsOptions {
  rooms: PhoneRooms;
  equipment: Equipment;
  log: Logger;
  state: () => PhoneState;
  changed: () => void;
}

export class PhoneDiagnostics {
  readonly #parts: PhoneRooms['parts'];
  readonly #dialogs: PhoneRooms['dialogs'];
  readonly #diagnosis: PhoneDiagnosis;
  readonly #bundle: SupportBundle;

  constructor({ rooms, equipment, log, state, changed }: DiagnosticsOptions) {
    const { parts, accounts, dialogs, doNotDisturb } = rooms;
    this.#dialogs = dialogs;
    this.#parts = parts;
    this.#bundle = new SupportBundle({ ...parts, state });
    this.#diagnosis = new PhoneDiagnosis({
      ...parts,
      log,
      accounts: () => accounts.states,
      devices: () => equipment.state.devices,
      headset: () => equipment.state.headset,
      doNotDisturbUntil: () => doNotDisturb.until,
      changed,
    });
  }

  #dialogsOf(callId: string | undefined): readonly string[] | undefined {
    return callId === undefined ? undefined : this.#dialogs.of(callId);
  }

  get diagnosis(): Diagnosis | null {
    return this.#diagnosis.state;
  }

  /** Throws ProblemError where it cannot be done. */
  async command(command: DiagnosticsCommand): Promise<CommandResult | void> {
    const { desktop, trace } = this.#parts;
    switch (command.type) {
      case 'diagnose':
        return this.#diagnosis.start();
      case 'copy-text':
        return desktop.copyText(command.text);
      case 'prepare-bundle':
        return this.#bundle.prepare();
      case 'save-bundle':
        return this.#bundle.write(command.leaveOut);
      case 'clear-trace':
        return trace.clear();
      case 'save-trace':
        return saveTrace(this.#parts, command.format, command.text, this.#dialogsOf(command.callId));
      case 'save-headset-trace':
        return saveHeadsetTrace(this.#parts);
    }
  }

  async query(query: DiagnosticsQuery): Promise<QueryResults[DiagnosticsQuery['type']]> {
    const { trace, journal, media, library } = this.#parts;
    switch (query.type) {
      case 'trace':
        return trace.page(query.text, query.after, query.limit, this.#dialogsOf(query.callId));
      case 'trace-message':
        return trace.message(query.id);
      case 'call-quality':
        // Of the last calls it is here; of all others in the library.
        return media.sound.qualitySeries(query.callId) ?? (await library).query(query);
      case 'log':
        return journal.page(query);
      case 'bundle':
        return this.#bundle.entries;
      case 'bundle-file':
        return this.#bundle.file(query.name);
    }
  }
}
