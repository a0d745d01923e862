// A phone of room.ts in a process of its own, for a network namespace: commands in, one JSON line a time, events out.
// Used by sip-room.spec.ts: `ip netns exec tz-uaa node room-process.ts '{"user":"x",...}'`.
import { createInterface } from 'node:readline';
import { startPhone, type PhoneCall, type PhoneOptions } from './room.ts';

const options: PhoneOptions = JSON.parse(process.argv[2] ?? '{}');
const phone = startPhone(options);
let call: PhoneCall | null = null;

function say(event: string): void {
  process.stdout.write(`${event}\n`);
}

async function watch(running: PhoneCall): Promise<void> {
  call = running;
  const end = await running.end(600_000);
  const acks = phone.trace.filter((entry) => entry.direction === 'out' && /^(ACK|BYE) /.test(entry.text));
  say(`sent ${acks.map((entry) => `${entry.text.slice(0, 3)}>${entry.transport}:${entry.peer}`).join(' ')}`);
  const heard = phone.trace.filter((entry) => entry.direction === 'in' && /^(ACK|BYE) /.test(entry.text));
  say(`heard ${heard.map((entry) => `${entry.text.slice(0, 3)}<${entry.transport}:${entry.peer}`).join(' ')}`);
  say(`ended ${end.by} ${end.result}`);
}

async function run(line: string): Promise<void> {
  const [command, argument = ''] = line.split(' ');
  if (command === 'call') {
    const made = await phone.call(argument);
    void watch(made);
    await made.event('accepted');
    say('accepted');
  } else if (command === 'answer') {
    const session = await phone.incoming();
    void watch(await phone.answer(session));
    say('answered');
  } else if (command === 'hang-up') call?.hangUp();
  else if (command === 'quit') {
    await phone.close();
    process.exit(0);
  }
}

phone.state('available', 600_000).then(
  () => say('available'),
  (error: unknown) => say(String(error)),
);
createInterface({ input: process.stdin }).on('line', (line) => {
  run(line).catch((error: unknown) => say(`failed ${String(error)}`));
});
