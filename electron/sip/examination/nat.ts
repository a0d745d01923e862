// What stands between this computer and the world: its public address and the NAT's kind (RFC 8489, RFC 5780 4.3).
import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { networkInterfaces } from 'node:os';
import type { Clock, NatFacts } from '../../../contract/index.ts';
import { createDns } from '../net/dns.ts';
import { formatHostPort, parseHostPort } from '../wire/index.ts';

const COOKIE = 0x2112a442;
const SUCCESS = 0x0101;
const MAPPED = 0x0001;
const XOR_MAPPED = 0x0020;
const OTHER_ADDRESS = 0x802c;
const DEFAULT_PORT = 3478;

/** How often a request is repeated, and how long an answer is waited for in all, ms. */
const REPEAT = 400;
const PATIENCE = 1600;

interface Place {
  address: string;
  port: number;
}

export interface BindingAnswer {
  mapped: Place;
  /** Another address of the same server, to be asked for comparison. */
  other: Place | null;
}

/** `server`: host or host:port. Never rejects. */
export async function examineNat(server: string, clock: Clock, dnsServers?: readonly string[]): Promise<NatFacts> {
  const place = parseHostPort(server);
  const addresses =
    place === null
      ? []
      : await createDns(dnsServers)
          .addresses(place.host)
          .catch(() => []);
  const [address] = addresses;
  if (place === null || address === undefined) return { name: 'silent', server };
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  socket.on('error', () => {});
  try {
    const first = await ask(socket, { address, port: place.port ?? DEFAULT_PORT }, clock);
    if (first === null) return { name: 'silent', server };
    const second = first.other && (await ask(socket, first.other, clock));
    const { mapped } = first;
    return {
      name: 'stun',
      address: formatHostPort(mapped.address, mapped.port),
      isOwn: ownAddresses().has(mapped.address),
      symmetric: second && !(second.mapped.port === mapped.port && second.mapped.address === mapped.address),
    };
  } finally {
    socket.close();
  }
}

function ownAddresses(): Set<string> {
  return new Set(Object.values(networkInterfaces()).flatMap((all) => all?.map((one) => one.address) ?? []));
}

function ask(socket: Socket, to: Place, clock: Clock): Promise<BindingAnswer | null> {
  const id = randomBytes(12);
  const request = Buffer.alloc(20);
  request.writeUInt16BE(1, 0);
  request.writeUInt32BE(COOKIE, 4);
  id.copy(request, 8);
  return new Promise((resolve) => {
    let cancelRepeat = (): void => {};
    const finish = (answer: BindingAnswer | null): void => {
      cancelRepeat();
      cancelEnd();
      socket.off('message', hear);
      resolve(answer);
    };
    const hear = (bytes: Buffer): void => {
      const answer = readBinding(bytes, id);
      if (answer !== null) finish(answer);
    };
    const cancelEnd = clock.after(PATIENCE, () => finish(null));
    const send = (): void => {
      socket.send(request, to.port, to.address, () => {});
      cancelRepeat = clock.after(REPEAT, send);
    };
    socket.on('message', hear);
    send();
  });
}

/** What a binding success says; null when these bytes are none for transaction `id` (12 bytes). */
export function readBinding(bytes: Buffer, id: Buffer): BindingAnswer | null {
  if (bytes.length < 20 || bytes.readUInt16BE(0) !== SUCCESS || bytes.readUInt32BE(4) !== COOKIE) return null;
  if (!bytes.subarray(8, 20).equals(id)) return null;
  let plain: Place | null = null;
  let masked: Place | null = null;
  let other: Place | null = null;
  for (let at = 20; at + 4 <= bytes.length;) {
    const type = bytes.readUInt16BE(at);
    const length = bytes.readUInt16BE(at + 2);
    const value = bytes.subarray(at + 4, at + 4 + length);
    if (value.length < length) break;
    if (type === MAPPED) plain = placeOf(value);
    if (type === XOR_MAPPED) masked = placeOf(unmasked(value, bytes.subarray(4, 20)));
    if (type === OTHER_ADDRESS) other = placeOf(value);
    at += 4 + length + ((4 - (length % 4)) % 4);
  }
  const mapped = masked ?? plain;
  return mapped && { mapped, other };
}

/** Family, port and address; the last two are XORed with the cookie and the transaction id. */
function unmasked(value: Buffer, mask: Buffer): Buffer {
  const plain = Buffer.from(value);
  for (let index = 2; index < plain.length; index += 1) {
    const key = index < 4 ? mask[index - 2] : mask[index - 4];
    plain[index] = (plain[index] ?? 0) ^ (key ?? 0);
  }
  return plain;
}

function placeOf(value: Buffer): Place | null {
  if (value.length !== 8 && value.length !== 20) return null;
  const port = value.readUInt16BE(2);
  const bytes = value.subarray(4);
  if (bytes.length === 4) return { address: [...bytes].join('.'), port };
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(2 * index).toString(16));
  return { address: new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1), port };
}
