// STUN and TURN of an account reach the window's peer connection: its offer names the ways round a router, coturn being asked.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { missingPrograms, startChild, type Child } from '../peers/support/child.ts';
import { freePort } from '../peers/support/ports.ts';
import { startLab, type MediaLab } from './support/media-lab.ts';

const missing = missingPrograms('turnserver', 'chromium');
test.skip(missing.length > 0, `not installed: ${missing.join(', ')}`);

let lab: MediaLab;
let coturn: Child;
let port = 0;
let folder = '';
test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hs-turn-'));
  port = await freePort('127.0.0.1');
  coturn = startChild(
    'turnserver',
    (
      `-n --listening-ip 127.0.0.1 --relay-ip 127.0.0.1 --listening-port ${port} --lt-cred-mech --user phone:secret ` +
      `--realm test.local --allow-loopback-peers --no-tls --no-dtls --no-cli --log-file stdout ` +
      `--pidfile ${join(folder, 'pid')} --userdb ${join(folder, 'turndb')}`
    ).split(' '),
    { logFile: join(folder, 'log') },
  );
  await coturn.waitFor(/DB connection success/);
  lab = await startLab({ microphone: 700 });
});
test.afterAll(async () => {
  await lab?.close();
  await coturn?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function offerWith(callId: string, credential: string): Promise<string> {
  await lab.media.open(callId, {
    media: 'webrtc',
    encryption: 'off',
    transport: 'wss',
    localAddress: '127.0.0.1',
    iceServers: [
      { urls: `stun:127.0.0.1:${port}` },
      { urls: `turn:127.0.0.1:${port}?transport=udp`, username: 'phone', credential },
    ],
  });
  try {
    return await lab.media.createOffer(callId);
  } finally {
    lab.media.close(callId);
  }
}

test('the offer of a WebRTC account names a relay of its TURN server', async () => {
  expect(await offerWith('turn', 'secret')).toMatch(/^a=candidate:\S+ 1 udp \d+ 127\.0\.0\.1 \d+ typ relay/m);
});

test('with a wrong password it names none, and is there soon all the same', async () => {
  const offer = await offerWith('turn-wrong', 'wrong');
  expect(offer).toMatch(/typ host/);
  expect(offer).not.toMatch(/typ relay/);
});
