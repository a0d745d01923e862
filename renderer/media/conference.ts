// The conference's mix: each of its calls is sent our microphone and what all the others say, never its own voice.
import type { Mix } from './call-source.ts';

/** A call as the mix needs it. */
export interface Member {
  readonly callId: string;
  /** What the other side says. */
  readonly remote: AudioNode;
  mix(): Mix;
}

/** Recomputed as a whole whenever its members change: a handful of calls, a few connections each. */
export class Conference {
  #members: { member: Member; mix: Mix }[] = [];

  /** Who takes part now; fewer than two: nobody is mixed. */
  use(members: readonly Member[]): void {
    const before = this.#members;
    this.#members = members.length < 2 ? [] : members.map((member) => ({ member, mix: member.mix() }));
    for (const { member, mix } of before) {
      for (const other of before) if (other.member !== member) disconnect(other.member.remote, mix.input);
    }
    for (const { member, mix } of this.#members) {
      for (const other of this.#members) if (other.member !== member) other.member.remote.connect(mix.input);
    }
    // Last, so that a call that stays keeps its mixed track throughout.
    for (const { mix } of before) mix.release();
  }

  /** What all say that this call's other side does not hear from itself: for its recording. */
  othersThan(callId: string): AudioNode[] {
    return this.has(callId)
      ? this.#members.filter(({ member }) => member.callId !== callId).map(({ member }) => member.remote)
      : [];
  }

  has(callId: string): boolean {
    return this.#members.some(({ member }) => member.callId === callId);
  }
}

function disconnect(from: AudioNode, to: AudioNode): void {
  try {
    from.disconnect(to);
  } catch {
    // A call that was closed has let go already.
  }
}
