// The support bundle: facts in, files without secrets out, and those files as a zip archive. Pure.
import { strToU8, zipSync } from 'fflate';
import type { BundleTopic } from '../../../contract/index.ts';
import { redactValue } from '../redact.ts';
import { scrub } from './scrub.ts';

export interface BundleFile {
  name: string;
  topic: BundleTopic;
  text: string;
}

/** What is collected; each part is written as JSON or as the text that it is. */
export interface BundleFacts {
  /** Milliseconds since the epoch. */
  at: number;
  versions: Readonly<Record<string, unknown>>;
  settings: Readonly<Record<string, unknown>>;
  state: Readonly<Record<string, unknown>>;
  devices: Readonly<Record<string, unknown>>;
  database: Readonly<Record<string, unknown>>;
  sipTrace: string;
  headsetTraces: readonly string[];
  logs: readonly { name: string; text: string }[];
}

/** The files, in order, with every one of `secrets` taken out by value and everything that looks like one by form. */
export function bundleFiles(facts: BundleFacts, secrets: readonly string[]): BundleFile[] {
  const files: BundleFile[] = [
    json('versions.json', 'versions', facts.versions),
    json('settings.json', 'settings', facts.settings),
    json('state.json', 'state', facts.state),
    json('devices.json', 'devices', facts.devices),
    json('database.json', 'database', facts.database),
    { name: 'sip-trace.txt', topic: 'sip', text: facts.sipTrace },
    ...facts.headsetTraces.map((text, index): BundleFile => ({
      name: `headset-${index + 1}.txt`,
      topic: 'headset',
      text,
    })),
    ...facts.logs.map(({ name, text }): BundleFile => ({ name: `log/${name}`, topic: 'log', text })),
  ];
  const about: BundleFile = { name: 'README.txt', topic: 'about', text: readme(facts.at, files) };
  return [about, ...files].map((file) => ({ ...file, text: scrub(file.text, secrets) }));
}

/** The files as a zip archive. */
export function zipOf(files: readonly BundleFile[], at: number): Buffer {
  const mtime = new Date(at);
  return Buffer.from(
    zipSync(Object.fromEntries(files.map(({ name, text }) => [name, [strToU8(text), { mtime, level: 6 }]]))),
  );
}

function json(name: string, topic: BundleTopic, value: unknown): BundleFile {
  return { name, topic, text: `${JSON.stringify(redactValue(value), null, 2)}\n` };
}

function readme(at: number, files: readonly BundleFile[]): string {
  return [
    `Hookswitch support bundle, ${new Date(at).toISOString()}`,
    '',
    'Collected on one click, shown to its owner before it was written. Passwords, keys, tokens and the answers to login',
    'challenges were taken out. Numbers and addresses of calls are in the SIP trace and the log.',
    '',
    ...files.map(({ name }) => `- ${name}`),
    '',
  ].join('\n');
}
