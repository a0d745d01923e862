// Free ports on an address, for peers that want to be told a number instead of choosing one.
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

const given = new Set<number>();

/** A port that is free for UDP and TCP now, and (with `run`) so are those after it. Never the same one twice. */
export async function freePort(address = '127.0.0.1', run = 1): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const first = 20_000 + Math.floor(Math.random() * 5_000) * 2;
    const ports = Array.from({ length: run }, (_, index) => first + index);
    if (ports.some((port) => given.has(port))) continue;
    let free = true;
    for (const port of ports) free = free && (await isFree(address, port));
    if (!free) continue;
    for (const port of ports) given.add(port);
    return first;
  }
  throw new Error(`No free port on ${address}.`);
}

async function isFree(address: string, port: number): Promise<boolean> {
  const udp = await new Promise<boolean>((resolve) => {
    const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
    socket.once('error', () => resolve(false));
    socket.bind(port, address, () => socket.close(() => resolve(true)));
  });
  if (!udp) return false;
  return new Promise<boolean>((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, address, () => server.close(() => resolve(true)));
  });
}
