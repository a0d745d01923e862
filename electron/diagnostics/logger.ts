// The log: lines with time, level and room, without secrets; in a file, and on the console when asked for.
import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import type { Logger, LogLevel, LogPage } from '../../contract/index.ts';
import { LogRing } from './log-ring.ts';
import { LogFile, type LogFileOptions } from './log-file.ts';
import { redactText, redactValue } from './redact.ts';

export interface LoggerOptions extends Omit<LogFileOptions, 'file'> {
  /** Folder of hookswitch.log and its older ones; made when absent. */
  directory: string;
  /** `debug` writes debug lines too, and everything to the console; the environment's HOOKSWITCH_LOG when absent. */
  level?: string | undefined;
  now?: () => Date;
  /** For tests; the console's standard error otherwise. */
  console?: (line: string) => void;
}

export interface OwnedLogger extends Logger {
  /** Resolves when the lines written so far are in the file; wait for it before the process ends. */
  flush(): Promise<void>;
  /** The last lines at least as grave as `level`; see LogRing. */
  page(query: { level: LogLevel; text: string; after: number; limit: number }): LogPage;
  /** What the files hold, the newest file first; of each at most the last `most` characters. */
  files(most: number): Promise<{ name: string; text: string }[]>;
}

/** Makes the log. It never throws and never waits: a full disk costs lines, not calls. */
export function createLogger(options: LoggerOptions): OwnedLogger {
  const {
    directory,
    level = process.env['HOOKSWITCH_LOG'],
    now = () => new Date(),
    console: print = toStderr,
  } = options;
  const file = new LogFile({ ...options, file: join(directory, 'hookswitch.log') });
  const isDebugging = level === 'debug';

  const ring = new LogRing();

  function write(at: LogLevel, room: string, message: string, details: Record<string, unknown> | undefined): void {
    const time = now();
    const text = textOf(message, details);
    ring.add({ at: time.getTime(), level: at, room, text });
    if (at === 'debug' && !isDebugging) return;
    const line = `${time.toISOString()} ${at.toUpperCase()} ${room === '' ? '' : `${room}: `}${text}`;
    file.write(line);
    if (isDebugging) print(line);
  }

  function inRoom(room: string): Logger {
    return {
      debug: (message, details) => write('debug', room, message, details),
      info: (message, details) => write('info', room, message, details),
      warn: (message, details) => write('warn', room, message, details),
      error: (message, details) => write('error', room, message, details),
      child: (inner) => inRoom(room === '' ? inner : `${room}/${inner}`),
    };
  }

  return {
    ...inRoom(''),
    flush: () => file.flush(),
    page: (query) => ring.page(query),
    async files(most) {
      await file.flush();
      const names = ['hookswitch.log', 'hookswitch.log.1', 'hookswitch.log.2'];
      const texts = await Promise.all(names.map((name) => readFile(join(directory, name), 'utf8').catch(() => null)));
      return names.flatMap((name, index) => {
        const text = texts[index];
        return typeof text === 'string' ? [{ name, text: text.slice(-most) }] : [];
      });
    },
  };
}

/** `Flow lost. {"peer":"192.0.2.1:5060"}`; line breaks stay inside JSON. */
function textOf(message: string, details: Record<string, unknown> | undefined): string {
  const text = redactText(message).replace(/[\r\n]+/g, ' | ');
  return details === undefined ? text : `${text} ${json(details)}`;
}

function toStderr(line: string): void {
  process.stderr.write(`${line}\n`);
}

function json(details: Record<string, unknown>): string {
  try {
    return JSON.stringify(redactValue(details));
  } catch (error) {
    // A getter or toJSON that throws.
    return `{"unprintable":${JSON.stringify(String(error))}}`;
  }
}
