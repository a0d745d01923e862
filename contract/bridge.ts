// The bridge: what a window finds as `window.hookswitch`, put there by the preload.
import type { Command, CommandResult } from './commands.ts';
import type { Dispose } from './logger.ts';
import type { PhoneState } from './phone-state.ts';
import type { Outcome } from './problem.ts';
import type { Query, QueryResult } from './queries.ts';

export interface Bridge {
  /** `darwin`, `win32`, `linux`: for shortcuts' names and the title line's buttons. */
  platform: string;
  phone: {
    command(command: Command): Promise<Outcome<CommandResult>>;
    query<Q extends Query>(query: Q): Promise<Outcome<QueryResult<Q>>>;
    /** The state now, then each later one. Returns a disposer. */
    onState(listener: (state: PhoneState) => void): Dispose;
    /** Menu and tray ask the window to show a view: `settings`, `recents`, `contacts`, `accounts`, `field`. */
    onShow(listener: (view: string) => void): Dispose;
  };
  /** Only for app://media; absent elsewhere. */
  media?: {
    /** To the main process; validated there by the schema in media-port.ts. */
    send(message: unknown): void;
    onMessage(listener: (message: unknown) => void): Dispose;
    /**
     * The port to the media engine arrives as a window `message` event with data `hookswitch:engine-port` and the
     * MessagePort in `event.ports[0]` (a port cannot cross the context bridge).
     */
  };
}

declare global {
  interface Window {
    hookswitch: Bridge;
  }
}
