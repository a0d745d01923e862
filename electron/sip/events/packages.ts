// The event packages that this phone subscribes to: what is asked for, and how their NOTIFYs are read.
import { readDialogInfo } from './dialog-info.ts';
import { readMessageSummary } from './message-summary.ts';
import { readPidf } from './pidf.ts';
import { plain, unreadable, type Reading, type Unreadable } from './reading.ts';
import { readRegInfo } from './reginfo.ts';
import type { EventPackageName, EventValues } from './types.ts';

export interface EventPackage<Value> {
  name: EventPackageName;
  /** Media type of its bodies; all others are refused with 415. */
  accept: string;
  /** Seconds asked for. */
  expires: number;
  /** One SUBSCRIBE may reach several notifiers, and each is listened to (RFC 4235 3.9); elsewhere the first one wins. */
  forks: boolean;
  /** `known`: what the last NOTIFY of the same notifier gave. */
  read: (body: Buffer, known: Reading<Value> | null) => Reading<Value> | Unreadable;
  /** One value of several notifiers'. */
  join(values: readonly Value[]): Value | null;
}

export const packages: { [P in EventPackageName]: EventPackage<EventValues[P]> } = {
  'message-summary': {
    name: 'message-summary',
    accept: 'application/simple-message-summary',
    expires: 3600,
    forks: false,
    read(body) {
      const summary = readMessageSummary(body);
      return summary === null ? unreadable('a summary without Messages-Waiting') : plain(summary);
    },
    join: first,
  },
  dialog: {
    name: 'dialog',
    accept: 'application/dialog-info+xml',
    expires: 3600,
    forks: true,
    read: readDialogInfo,
    join(values) {
      const entity = values.find((value) => value.entity !== '')?.entity;
      return values.length === 0 ? null : { entity: entity ?? '', dialogs: values.flatMap((value) => value.dialogs) };
    },
  },
  presence: {
    name: 'presence',
    accept: 'application/pidf+xml',
    expires: 3600,
    forks: false,
    read: readPidf,
    join: first,
  },
  reg: {
    name: 'reg',
    accept: 'application/reginfo+xml',
    expires: 3600,
    forks: false,
    read: readRegInfo,
    join: first,
  },
};

/** Names for Allow-Events (RFC 6665 8.2.2). */
export const allowEvents: string = Object.keys(packages).join(', ');

function first<Value>(values: readonly Value[]): Value | null {
  return values[0] ?? null;
}
