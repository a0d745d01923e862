// A session's listener, and its one ending.
import type { SessionEnd, SessionListener } from '../types.ts';

/** Holds the listener; an ending that comes before anybody listens is kept for who comes. */
export class Listening {
  private current: SessionListener | null = null;
  private ending: SessionEnd | null = null;

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
  }
}
