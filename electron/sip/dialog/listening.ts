// A session's listener, and its one ending.
import type { SessionEnd, SessionListener } from '../session-types.ts';

/** Holds the listener; an ending that comes before anybody listens is kept for who comes. */
export class Listening {
  private current: SessionListener | null = null;
  private ending: SessionEnd | null = null;
  private readonly over: () => void;

  /** `over` is called once, after the ending was told. */
  constructor(over: () => void = () => {}) {
    this.over = over;
  }

  get listener(): SessionListener | null {
    return this.current;
  }

  get ended(): boolean {
    return this.ending !== null;
  }

  listen(listener: SessionListener): void {
    this.current = listener;
    if (this.ending !== null) listener.ended(this.ending);
  }

  /** Only the first ending counts. */
  end(end: SessionEnd): void {
    if (this.ending !== null) return;
    this.ending = end;
    this.current?.ended(end);
    this.over();
  }
}
