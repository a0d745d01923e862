// Busy lamps: what goes on at the phones of favourite colleagues (RFC 4235) and whether they want to be called (RFC 3863), by
// the number that the directory has for them.
import type { Lamp, PersonRow } from '../../contract/index.ts';
import type { DialogInfo, EventSubscription, Presence, Sip } from '../sip/index.ts';

/** More would be a burden for the server: a lamp costs two subscriptions. */
const MOST_LAMPS = 50;

/** A phone that rings for somebody can be picked up; one in a call is busy. */
export function lampOf({ dialogs }: DialogInfo): Lamp {
  if (dialogs.some(({ state }) => state === 'confirmed')) return 'on-call';
  const rings = dialogs.some(({ state, direction }) => state === 'early' && direction === 'recipient');
  if (rings) return 'ringing';
  return dialogs.some(({ state }) => state !== 'terminated') ? 'on-call' : 'available';
}

/** RFC 4480 section 3.2: why somebody should not be called now. */
const absences: readonly string[] = ['away', 'meal', 'permanent-absence', 'sleeping', 'travel', 'vacation', 'holiday'];
const disturbances: readonly string[] = ['busy', 'meeting', 'appointment', 'presentation', 'performance', 'worship'];

/** What they let others know; null: nothing that a lamp could show. */
export function presenceLamp({ basic, activities }: Presence): Lamp | null {
  if (activities.includes('on-the-phone')) return 'on-call';
  if (activities.some((activity) => disturbances.includes(activity))) return 'dnd';
  if (activities.some((activity) => absences.includes(activity))) return 'away';
  if (basic === 'closed') return 'offline';
  return basic === 'open' ? 'available' : null;
}

/** A call that is there says more than what somebody wrote about themselves. */
function shown(info: DialogInfo | null, presence: Presence | null): Lamp | null {
  const lamp = info && lampOf(info);
  if (lamp === 'ringing' || lamp === 'on-call') return lamp;
  return (presence && presenceLamp(presence)) ?? lamp;
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

interface Watched {
  subscriptions: EventSubscription[];
  info: DialogInfo | null;
  presence: Presence | null;
}

export class BusyLamps {
  readonly #options: BusyLampsOptions;
  readonly #watched = new Map<string, Watched>();
  #accountId: string | null = null;

  constructor(options: BusyLampsOptions) {
    this.#options = options;
  }

  /** By number; those of whom nothing is known are left out. */
  get states(): Record<string, Lamp> {
    const known = [...this.#watched].flatMap(([number, { info, presence }]): [string, Lamp][] => {
      const lamp = shown(info, presence);
      return lamp ? [[number, lamp]] : [];
    });
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
    const watched: Watched = { subscriptions: [], info: null, presence: null };
    this.#watched.set(number, watched);
    const { sip } = this.#options;
    const changed = () => this.#options.changed();
    // A server that offers one of them refuses the other, and that is that.
    watched.subscriptions = [
      sip.subscribe(accountId, 'dialog', number, {
        changed(info) {
          watched.info = info;
          changed();
        },
      }),
      sip.subscribe(accountId, 'presence', number, {
        changed(presence) {
          watched.presence = presence;
          changed();
        },
      }),
    ];
  }

  #close(goes: (number: string) => boolean): void {
    for (const [number, { subscriptions }] of this.#watched) {
      if (!goes(number)) continue;
      this.#watched.delete(number);
      for (const subscription of subscriptions) void subscription.close();
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
