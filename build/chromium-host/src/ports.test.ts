// Ports within a process and across two of them, joined here by a queue in place of a pipe.
import { expect, it } from 'vitest';
import { MessageChannelMain, MessagePortMain, PortEnd, PortRelay, takePorts, type PortTraffic } from './ports.ts';

/** Two sides and the traffic between them, which flows when told to. */
function twoSides() {
  const queue: (() => void)[] = [];
  const near: PortRelay = new PortRelay('near-', (traffic: PortTraffic) => queue.push(() => far.handle(traffic)));
  const far: PortRelay = new PortRelay('far-', (traffic: PortTraffic) => queue.push(() => near.handle(traffic)));
  return {
    near,
    far,
    /** Sends one end over, as a message that carries it would. */
    send(port: MessagePortMain): MessagePortMain {
      const [end] = far.import(near.export(takePorts([port])));
      if (!end) throw new Error('No end arrived.');
      return new MessagePortMain(end);
    },
    async flow() {
      await Promise.resolve();
      for (let next = queue.shift(); next; next = queue.shift()) next();
    },
  };
}

function hearing(port: MessagePortMain) {
  const heard: unknown[] = [];
  port.on('message', ({ data }: { data: unknown }) => heard.push(data));
  port.on('close', () => heard.push('closed'));
  port.start();
  return heard;
}

it('keeps messages until the port is started', () => {
  const { port1, port2 } = new MessageChannelMain();
  port1.postMessage(1);
  port1.postMessage(2);
  expect(hearing(port2)).toEqual([1, 2]);
});

it('clones what it carries, and refuses functions', () => {
  const { port1, port2 } = new MessageChannelMain();
  const heard = hearing(port2);
  const sent = { n: 1 };
  port1.postMessage(sent);
  sent.n = 2;
  expect(heard).toEqual([{ n: 1 }]);
  expect(() => port1.postMessage(() => 1)).toThrow(/could not be cloned/);
});

it('carries messages both ways once an end is on the other side, those sent before included', async () => {
  const sides = twoSides();
  const { port1, port2 } = new MessageChannelMain();
  port1.postMessage('before');
  const far = sides.send(port2);
  const [farHeard, nearHeard] = [hearing(far), hearing(port1)];
  port1.postMessage('after');
  far.postMessage('back');
  await sides.flow();
  expect(farHeard).toEqual(['before', 'after']);
  expect(nearHeard).toEqual(['back']);
});

it('carries ports in messages', async () => {
  const sides = twoSides();
  const outer = new MessageChannelMain();
  const inner = new MessageChannelMain();
  const far = sides.send(outer.port2);
  const arrived = new Promise<MessagePortMain>((resolve) => {
    far.on('message', ({ ports: [port] }: { ports: MessagePortMain[] }) => port && resolve(port));
  });
  far.start();
  outer.port1.postMessage('take this', [inner.port2]);
  await sides.flow();
  const heard = hearing(inner.port1);
  (await arrived).postMessage('from afar');
  await sides.flow();
  expect(heard).toEqual(['from afar']);
});

it('tells the other side when an end closes', async () => {
  const sides = twoSides();
  const { port1, port2 } = new MessageChannelMain();
  const heard = hearing(sides.send(port2));
  await sides.flow();
  port1.close();
  await sides.flow();
  expect(heard).toEqual(['closed']);
});

it('closes the near ends when the other side is gone', async () => {
  const sides = twoSides();
  const { port1, port2 } = new MessageChannelMain();
  sides.send(port2);
  const heard = hearing(port1);
  await sides.flow();
  sides.near.closeAll();
  expect(heard).toEqual(['closed']);
});

it('makes a port useless once it was transferred', () => {
  const { port1, port2 } = new MessageChannelMain();
  takePorts([port2]);
  expect(() => takePorts([port2])).toThrow(/neutered/);
  expect(() => takePorts([new PortEnd()])).toThrow(/transferList/);
  port1.postMessage('lost is nothing: the new owner has it');
});
