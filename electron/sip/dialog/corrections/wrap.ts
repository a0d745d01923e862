// Replacing a method of SIP.js's.

export type Method = (this: object, ...args: unknown[]) => unknown;

/** Puts another method in the place of this one; `make` is given the original. */
export function wrap(prototype: object, name: string, make: (original: Method) => Method): void {
  const original: unknown = Reflect.get(prototype, name);
  if (typeof original !== 'function') throw new Error(`SIP.js has no ${name}: it is pinned to 0.21.2.`);
  Reflect.set(
    prototype,
    name,
    make(function (this: object, ...args: unknown[]): unknown {
      return Reflect.apply(original, this, args);
    }),
  );
}
