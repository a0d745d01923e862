// Hours that pass in a moment: the main process's clock is put forward, and its timers that are due by then go off.
import type { PhoneApp } from './app.ts';

/** Timers up to this, ms, go on in real time: those of SIP, of media and of what a person sees. */
const longWait = 5 * 60_000;

interface Timer {
  due: number;
  run: () => void;
}

declare global {
  /** Of the main process. */
  var longTimers: Set<Timer> | undefined;
}

/** From now on long timers of the main process wait for `pass`. */
export async function stopClocks(app: PhoneApp): Promise<void> {
  await app.electron.evaluate((_electron, long) => {
    const [real, clear] = [setTimeout, clearTimeout];
    const timers = new Set<Timer>();
    const byHandle = new Map<unknown, Timer>();
    const start = (run: (...values: unknown[]) => void, ms = 0, ...values: unknown[]) => {
      const handle = real(run, ms, ...values);
      if (ms < long) return handle;
      clear(handle);
      const timer = {
        due: Date.now() + ms,
        run: () => {
          timers.delete(timer);
          run(...values);
        },
      };
      timers.add(timer);
      byHandle.set(handle, timer);
      return handle;
    };
    const stop = (handle: Parameters<typeof clear>[0]) => {
      const timer = byHandle.get(handle);
      if (timer) timers.delete(timer);
      clear(handle);
    };
    Object.assign(globalThis, { setTimeout: Object.assign(start, real), clearTimeout: stop, longTimers: timers });
  }, longWait);
}

export async function pass(app: PhoneApp, minutes: number): Promise<void> {
  await app.electron.evaluate((_electron, ms) => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + ms;
    for (const { due, run } of globalThis.longTimers ?? []) if (due <= Date.now()) run();
  }, minutes * 60_000);
}

/** The machine sleeps for so long and wakes: timers waited meanwhile, as they do on macOS and Linux. */
export async function sleep(app: PhoneApp, minutes: number): Promise<void> {
  await app.electron.evaluate(({ powerMonitor }, ms) => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + ms;
    for (const timer of globalThis.longTimers ?? []) timer.due += ms;
    powerMonitor.emit('resume');
  }, minutes * 60_000);
}
