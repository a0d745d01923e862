// The log: lines with time, level and room, without secrets; in a file, and on the console when asked for.
import { join } from 'node:path';
import type { Logger } from '../../contract/index.ts';
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
}

type Level = 'debug' | 'info' | 'warn' | 'error';

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

  function write(at: Level, room: string, message: string, details: Record<string, unknown> | undefined): void {
    if (at === 'debug' && !isDebugging) return;
    const line = lineOf(now(), at, room, message, details);
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

  return { ...inRoom(''), flush: () => file.flush() };
}

/** `2026-11-22T19:20:31.123Z WARN sip: Flow lost. {"peer":"192.0.2.1:5060"}`; line breaks stay inside JSON. */
function lineOf(
  at: Date,
  level: Level,
  room: string,
  message: string,
  details: Record<string, unknown> | undefined,
): string {
  const head = `${at.toISOString()} ${level.toUpperCase()} ${room === '' ? '' : `${room}: `}`;
  const text = redactText(message).replace(/[\r\n]+/g, ' | ');
  return details === undefined ? head + text : `${head}${text} ${json(details)}`;
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
