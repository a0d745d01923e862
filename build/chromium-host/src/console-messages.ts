// What a page says on its console: its own calls, uncaught errors, and Chromium's complaints (content security policy).
import type { CdpSession, Protocol } from './cdp.ts';
import { toAppUrl } from './protocol.ts';

export interface ConsoleMessage {
  level: 'debug' | 'info' | 'warning' | 'error';
  message: string;
  lineNumber: number;
  sourceId: string;
}

const levels: Record<string, ConsoleMessage['level']> = {
  debug: 'debug',
  verbose: 'debug',
  warning: 'warning',
  error: 'error',
  assert: 'error',
};

export function forwardConsole(page: CdpSession, emit: (message: ConsoleMessage) => void): void {
  const say = (level: string, message: string, url = '', lineNumber = 0) =>
    emit({ level: levels[level] ?? 'info', message, lineNumber, sourceId: toAppUrl(url) });
  page.on('Runtime.consoleAPICalled', ({ type, args, stackTrace }) => {
    const at = stackTrace?.callFrames[0];
    say(type, args.map(textOf).join(' '), at?.url, at?.lineNumber);
  });
  page.on('Runtime.exceptionThrown', ({ exceptionDetails: { text, exception, url, lineNumber } }) =>
    say('error', exception?.description ? `${text} ${exception.description}` : text, url, lineNumber),
  );
  page.on('Log.entryAdded', ({ entry: { level, text, url, lineNumber } }) => say(level, text, url, lineNumber));
}

function textOf(value: Protocol.Runtime.RemoteObject): string {
  return value.value === undefined ? (value.description ?? value.type) : String(value.value);
}
