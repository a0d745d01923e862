// Joins the two JavaScript worlds of one document, as contextBridge does. The same code runs in both worlds.
//
// Values travel as details of CustomEvents: Chromium clones those from world to world, so no object is ever shared.
// Functions and promises travel as references. The event names carry a secret that the page does not know.

export type World = 'main' | 'preload';

/** What stands for a function or a promise on the other side. */
type Reference = { $function: number } | { $promise: number };
interface Call {
  id: number;
  target: number;
  args: unknown[];
}
interface Outcome {
  id: number;
  ok: boolean;
  value: unknown;
}
interface Settling {
  resolve(value: unknown): void;
  reject(reason: unknown): void;
}

/** What one world tells the other, by kind. */
interface Messages {
  /** contextBridge.exposeInMainWorld. */
  expose: { key: string; api: unknown };
  call: Call;
  return: Outcome;
  settle: Outcome;
}

export interface Bridge {
  pack: (value: unknown) => unknown;
  unpack: (value: unknown) => unknown;
  tell: <K extends keyof Messages>(kind: K, detail: Messages[K]) => void;
  hear: <K extends keyof Messages>(kind: K, handler: (detail: Messages[K]) => void) => void;
}

export function openBridge(secret: string, here: World, there: World): Bridge {
  // Taken before any script of the page can replace them.
  const { dispatchEvent, addEventListener, CustomEvent } = globalThis;
  const functions = new Map<number, (...args: unknown[]) => unknown>();
  const promises = new Map<number, Settling>();
  const returned = new Map<number, Outcome>();
  let next = 1;

  const tell: Bridge['tell'] = (kind, detail) =>
    void dispatchEvent.call(window, new CustomEvent(`${secret}:${there}:${kind}`, { detail }));
  const hear: Bridge['hear'] = <K extends keyof Messages>(kind: K, handler: (detail: Messages[K]) => void) =>
    addEventListener.call(window, `${secret}:${here}:${kind}`, (event) =>
      handler((event as CustomEvent<Messages[K]>).detail),
    );

  function pack(value: unknown): unknown {
    if (typeof value === 'function') {
      functions.set(next, value as (...args: unknown[]) => unknown);
      return { $function: next++ } satisfies Reference;
    }
    if (value instanceof Promise) {
      const id = next++;
      const settle = (ok: boolean) => (result: unknown) => tell('settle', { id, ok, value: pack(result) });
      value.then(settle(true), settle(false));
      return { $promise: id } satisfies Reference;
    }
    if (Array.isArray(value)) return value.map(pack);
    return isPlain(value) ? mapValues(value, pack) : value;
  }

  function unpack(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(unpack);
    if (!isPlain(value)) return value;
    const { $function, $promise } = value;
    if (typeof $function === 'number') return (...args: unknown[]) => call($function, args);
    if (typeof $promise === 'number') {
      return new Promise((resolve, reject) => promises.set($promise, { resolve, reject }));
    }
    return mapValues(value, unpack);
  }

  function call(target: number, args: unknown[]): unknown {
    const id = next++;
    tell('call', { id, target, args: args.map(pack) });
    // Events are delivered synchronously, so the answer is already here.
    const outcome = returned.get(id);
    returned.delete(id);
    if (!outcome) throw new Error('The other world did not answer.');
    if (!outcome.ok) throw unpack(outcome.value);
    return unpack(outcome.value);
  }

  hear('call', ({ id, target, args }) => {
    let outcome: Outcome;
    try {
      const run = functions.get(target);
      if (!run) throw new Error('The other world called a function that is not there.');
      outcome = { id, ok: true, value: pack(run(...args.map(unpack))) };
    } catch (error) {
      outcome = { id, ok: false, value: error };
    }
    tell('return', outcome);
  });
  hear('return', (outcome) => returned.set(outcome.id, outcome));
  hear('settle', ({ id, ok, value }) => {
    const waiting = promises.get(id);
    promises.delete(id);
    if (ok) waiting?.resolve(unpack(value));
    else waiting?.reject(unpack(value));
  });
  return { pack, unpack, tell, hear };
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function mapValues(value: Record<string, unknown>, change: (item: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item)]));
}
