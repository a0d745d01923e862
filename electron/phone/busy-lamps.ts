// Busy lamps: what goes on at the phones of favourite colleagues (RFC 4235), by the number that the directory has for them.
import type { Lamp, PersonRow } from '../../contract/index.ts';
import type { DialogInfo, EventSubscription, Sip } from '../sip/index.ts';

/** More would be a burden for the server: a lamp costs a subscription. */
const MOST_LAMPS = 50;

/** A phone that rings for somebody can be picked up; one in a call is busy. */
export function lampOf({ dialogs }: DialogInfo): Lamp {
  if (dialogs.some(({ state }) => state === 'confirmed')) return 'on-call';
  const rings = dialogs.some(({ state, direction }) => state === 'early' && direction === 'recipient');
  if (rings) return 'ringing';
  return dialogs.some(({ state }) => state !== 'terminated') ? 'on-call' : 'available';
}

/** Replaces for the call that rings there (RFC 3891 3: the tags as the ringing phone sees them); null: none can be picked up. */
export function pickUpOf({ dialogs }: DialogInfo): { target: string; replaces: string } | null {
  for (const { state, direction, callId, localTag, remoteTag, remote } of dialogs) {
    if (state !== 'early' || direction !== 'recipient') continue;
    const target = remote?.target ?? remote?.identity;
    if (callId === undefined || localTag === undefined || remoteTag === undefined || target === undefined) continue;
    // The caller gets our INVITE: to their phone, the tags are the other way round.
    return { target, replaces: `${callId};to-tag=${remoteTag};from-tag=${localTag};early-only` };
  }
  return null;
}

export interface BusyLampsOptions {
  sip: Pick<Sip, 'subscribe'>;
  changed(): void;
}

export class BusyLamps {
  readonly #options: BusyLampsOptions;
  readonly #watched = new Map<string, { subscription: EventSubscription; info: DialogInfo | null }>();
  #accountId: string | null = null;

  constructor(options: BusyLampsOptions) {
    this.#options = options;
  }

  /** By number; those of whom nothing is known are left out. */
  get states(): Record<string, Lamp> {
    const known = [...this.#watched].flatMap(([number, { info }]): [string, Lamp][] =>
      info ? [[number, lampOf(info)]] : [],
    );
    return Object.fromEntries(known);
  }

  /** Watches these people's numbers on this account, and nobody else. Null: nobody is watched. */
  follow(accountId: string | null, people: readonly PersonRow[]): void {
    const wanted = new Set(accountId === null ? [] : numbersOf(people));
    if (accountId !== this.#accountId) this.#close(() => true);
    this.#close((number) => !wanted.has(number));
    this.#accountId = accountId;
    if (accountId === null) return;
    for (const number of wanted) if (!this.#watched.has(number)) this.#watch(accountId, number);
  }

  pickUp(number: string): ReturnType<typeof pickUpOf> {
    const info = this.#watched.get(number)?.info;
    return info ? pickUpOf(info) : null;
  }

  #watch(accountId: string, number: string): void {
    const subscription = this.#options.sip.subscribe(accountId, 'dialog', number, {
      changed: (info) => {
        const watched = this.#watched.get(number);
        if (!watched) return;
        watched.info = info;
        this.#options.changed();
      },
    });
    this.#watched.set(number, { subscription, info: null });
  }

  #close(goes: (number: string) => boolean): void {
    for (const [number, { subscription }] of this.#watched) {
      if (!goes(number)) continue;
      this.#watched.delete(number);
      void subscription.close();
    }
  }
}

/** A colleague has an extension or an address; the outside world tells nobody of its dialogs. */
function numbersOf(people: readonly PersonRow[]): string[] {
  const colleagues = people.flatMap(({ number }) =>
    number && (number.kind === 'extension' || number.kind === 'sip') ? [number.value] : [],
  );
  return [...new Set(colleagues)].slice(0, MOST_LAMPS);
}
