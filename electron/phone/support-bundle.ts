// The support bundle as the phone makes it: collects, keeps what was shown, and writes exactly that.
import { arch, cpus, freemem, release, totalmem, version as systemVersion } from 'node:os';
import { ProblemError, type BundleEntry, type CommandResult, type PhoneState } from '../../contract/index.ts';
import { bundleFiles, zipOf, type BundleFile } from '../diagnostics/index.ts';
import type { PhoneParts } from './parts.ts';
import { saveAs } from './save-as.ts';

/** Of each file of the log, characters; the latest are kept. */
const mostOfLog = 2_000_000;
/** Of a file that is looked at, characters. */
const mostShown = 200_000;

export interface SupportBundleOptions extends Pick<
  PhoneParts,
  | 'sip'
  | 'settings'
  | 'vault'
  | 'library'
  | 'trace'
  | 'journal'
  | 'headsets'
  | 'clock'
  | 'desktop'
  | 'engine'
  | 'version'
> {
  state: () => PhoneState;
}

export class SupportBundle {
  readonly #options: SupportBundleOptions;
  #files: readonly BundleFile[] | null = null;

  constructor(options: SupportBundleOptions) {
    this.#options = options;
  }

  /** Collects anew; what was collected before is forgotten. */
  async prepare(): Promise<void> {
    const { sip, settings, vault, library, trace, journal, headsets, clock, engine, version, state } = this.#options;
    const now = state();
    const database = await library
      .then((open) => open.facts())
      .catch((error: unknown) => ({ unavailable: String(error) }));
    const facts = {
      at: clock.now(),
      versions: {
        hookswitch: version,
        engine,
        runtime: process.versions,
        system: { platform: process.platform, release: release(), version: systemVersion(), arch: arch() },
        locale: Intl.DateTimeFormat().resolvedOptions(),
        hardware: { processors: cpus().length, memory: totalmem(), free: freemem() },
        uptime: { process: process.uptime(), memory: process.memoryUsage() },
      },
      settings: { preferences: settings.preferences, accounts: settings.accounts },
      state: {
        accounts: now.accounts.map(({ config, hasPassword, registration }) => ({
          id: config.id,
          hasPassword,
          registration,
        })),
        calls: now.calls,
        notices: now.notices,
        diagnosis: now.diagnosis,
        secretsProtected: now.secretsProtected,
        sip: sip.counts,
      },
      devices: { devices: now.devices, headset: now.headset },
      database: { ...database },
      sipTrace: trace.export('text', '').toString(),
      headsetTraces: await headsets.traces(),
      logs: await journal.files(mostOfLog),
    };
    this.#files = bundleFiles(facts, await vault.secrets());
  }

  get entries(): BundleEntry[] | null {
    return this.#files?.map(({ name, topic, text }) => ({ name, topic, size: Buffer.byteLength(text) })) ?? null;
  }

  /** A file's text as it would be written; cut where it is very long. */
  file(name: string): string | null {
    const text = this.#files?.find((file) => file.name === name)?.text;
    if (text === undefined) return null;
    return text.length <= mostShown ? text : `${text.slice(0, mostShown)}\n...`;
  }

  /** Asks where to, and writes what was shown without what is left out. Throws ProblemError. */
  async write(leaveOut: readonly string[]): Promise<CommandResult> {
    if (this.#files === null) {
      throw new ProblemError({ code: 'nothing-prepared', message: 'Collect the support bundle first, then save it.' });
    }
    const { clock, desktop } = this.#options;
    const files = this.#files.filter(({ name }) => !leaveOut.includes(name));
    const stamp = new Date(clock.now()).toISOString().slice(0, 19).replaceAll(':', '-');
    return saveAs(desktop, { name: `hookswitch-support-${stamp}.zip`, kind: 'Zip', bytes: zipOf(files, clock.now()) });
  }
}
