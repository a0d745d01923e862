// A DNS server on loopback with SRV and IPv4 records of a drill's making (RFC 1035 4, RFC 2782).
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

export interface SrvRecord {
  priority: number;
  weight: number;
  port: number;
  target: string;
}

export interface DnsRecords {
  srv?: Record<string, readonly SrvRecord[]>;
  a?: Record<string, string>;
}

const A = 1;
const SRV = 33;

/** Answers from `records`, and with an empty list where it has none. `server`: for a phone's `dnsServers`. */
export async function startDns(records: DnsRecords): Promise<{ server: string; close(): void }> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  socket.on('message', (query: Buffer, from) => {
    const { name, end } = readName(query);
    const answers = answersTo(records, name, query.readUInt16BE(end));
    const header = Buffer.alloc(12);
    query.copy(header, 0, 0, 2);
    // An authoritative answer, to one question.
    header.writeUInt16BE(0x8580, 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(answers.length, 6);
    socket.send(Buffer.concat([header, query.subarray(12, end + 4), ...answers]), from.port, from.address);
  });
  return { server: `127.0.0.1:${socket.address().port}`, close: () => socket.close() };
}

function answersTo({ srv = {}, a = {} }: DnsRecords, name: string, type: number): Buffer[] {
  if (type === SRV) {
    return (srv[name] ?? []).map(({ priority, weight, port, target }) => {
      const numbers = Buffer.alloc(6);
      numbers.writeUInt16BE(priority, 0);
      numbers.writeUInt16BE(weight, 2);
      numbers.writeUInt16BE(port, 4);
      return record(SRV, Buffer.concat([numbers, writeName(target)]));
    });
  }
  const address = type === A ? a[name] : undefined;
  return address === undefined ? [] : [record(A, Buffer.from(address.split('.').map(Number)))];
}

/** Its name points to that of the question, at byte 12. */
function record(type: number, data: Buffer): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(60, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

function readName(query: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 };
}

function writeName(name: string): Buffer {
  const labels = name.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label, 'latin1')]));
  return Buffer.concat([...labels, Buffer.from([0])]);
}
