// Offer/answer within one dialog (RFC 3264; which message may carry what: RFC 6337). Pure state, no messages.

/** `offered`: ours waits for their answer. `owed`: theirs waits for ours. */
export type OfferState = 'idle' | 'offered' | 'owed';

export class OfferAnswer {
  private now: OfferState = 'idle';
  private localInForce: string | null = null;
  private remoteInForce: string | null = null;
  private proposed: string | null = null;

  get state(): OfferState {
    return this.now;
  }

  /** Our description in force; null before the first exchange is complete. */
  get local(): string | null {
    return this.localInForce;
  }

  get remote(): string | null {
    return this.remoteInForce;
  }

  /** An exchange is complete: from now on either side may offer again. */
  get settled(): boolean {
    return this.localInForce !== null && this.remoteInForce !== null;
  }

  /** We offer. */
  offer(sdp: string): void {
    this.now = 'offered';
    this.proposed = sdp;
  }

  /** They offer. */
  offered(sdp: string): void {
    this.now = 'owed';
    this.proposed = sdp;
  }

  /** We answer their offer. */
  answer(sdp: string): void {
    this.localInForce = sdp;
    this.remoteInForce = this.proposed;
    this.close();
  }

  /** They answer our offer. */
  answered(sdp: string): void {
    this.localInForce = this.proposed;
    this.remoteInForce = sdp;
    this.close();
  }

  /** The offer was refused or came to nothing: all stays as it was (RFC 3261 14.1). */
  refused(): void {
    this.close();
  }

  /** Status for an offer of theirs that comes now (RFC 3311 5.2, RFC 3261 14.2); null: welcome. */
  get refusal(): 491 | 500 | null {
    if (this.now === 'offered') return 491;
    return this.now === 'owed' ? 500 : null;
  }

  private close(): void {
    this.now = 'idle';
    this.proposed = null;
  }
}
