// Our CNAME in every RTCP packet of ours (RFC 3550 section 6.1): Chromium leaves it out where it reports what it hears alone.
import { packetTypes, partsOf } from './rtcp.ts';

export class OwnName {
  /** The source description that a packet of the window last had; null: none had one yet. */
  known: Buffer | null = null;

  /** The compound packet with our name in it, as soon as that is known. */
  complete(compound: Buffer): Buffer {
    const own = [...partsOf(compound)].find((part) => part.readUInt8(1) === packetTypes.sourceDescription);
    if (own) this.known = own;
    return own || !this.known ? compound : Buffer.concat([compound, this.known]);
  }
}
