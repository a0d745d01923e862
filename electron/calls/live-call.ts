// A call that is on, as the parts of this room share it: its model, its session, its media.
import type { AccountConfig, Clock, IceServer, Logger, QualitySummary } from '../../contract/index.ts';
import type { CallReport, Media } from '../media/index.ts';
import type { IncomingSession, InviteOptions, OutgoingSession, Sip } from '../sip/index.ts';
import type { CallEvent, CallModel } from './call-model.ts';

export interface LiveCall {
  model: CallModel;
  session: IncomingSession | OutgoingSession | null;
  mediaOpen: Promise<void> | null;
  /** Offers of ours go one after the other: each is made of what the one before settled. */
  offers: Promise<unknown>;
  /** Further parts of our INVITE. */
  invitation: InviteOptions;
  /** Once it ended. */
  quality: QualitySummary | null;
  report: CallReport | null;
}

/** What the parts of this room work with. */
export interface CallRoom {
  sip: Sip;
  media: Media;
  clock: Clock;
  log: Logger;
  /** The account's settings now; undefined when it was removed. */
  account(accountId: string): AccountConfig | undefined;
  /** STUN and TURN of the account, with its password. */
  iceServers(account: AccountConfig): Promise<IceServer[]>;
  /** This call uses the session with this Call-ID. */
  dialog(callId: string, sipCallId: string): void;
  find(callId: string): LiveCall | undefined;
  /** Carries the call one event further; nothing where it is gone. */
  event(callId: string, event: CallEvent): void;
}
