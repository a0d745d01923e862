// Whether RTP may be sent to an address: a call goes to one host (RFC 3264 section 5), never to a group or a whole network.
import { BlockList, isIP } from 'node:net';

const nobody = new BlockList();
nobody.addSubnet('0.0.0.0', 8, 'ipv4');
/** Groups, what is reserved, and the broadcast address. */
nobody.addSubnet('224.0.0.0', 3, 'ipv4');
nobody.addAddress('::', 'ipv6');
nobody.addSubnet('ff00::', 8, 'ipv6');

/** False for text that is no IP address, too. */
export function isUnicast(address: string): boolean {
  const [plain = ''] = address.split('%');
  const family = isIP(plain);
  return family !== 0 && !nobody.check(plain, family === 4 ? 'ipv4' : 'ipv6');
}
