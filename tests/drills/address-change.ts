// The computer's address changes in a call, as between Wi-Fi and cable: how long until sound is back both ways? Server and
// peer are in a network namespace; the phone reaches them over a cable whose address is changed under it.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { median, percentile, type Bench } from '../../bench/report.ts';
import prepare from '../global-setup.ts';
import { accountOn, connected, place } from '../peers/support/app-calls.ts';
import { readCapture } from '../peers/support/capture.ts';
import { startChild, until } from '../peers/support/child.ts';
import { startBaresip, startKamailio, writeTone } from '../peers/support/index.ts';
import { launchPhone } from '../support/app.ts';
import { expectPeerHears, expectPhoneHears } from '../support/hearing.ts';

const changes = 12;
/** Between two changes, ms: a call goes on. */
const rest = 4000;
const patience = 15_000;
const namespace = 'hs-moves';
const cable = { here: 'hsmoves0', there: 'hsmoves1' };
const server = '10.78.0.1';
const addresses = ['10.78.0.11', '10.78.0.12'] as const;
const hz = { ours: 700, theirs: 440 };

export const drill: Bench = async (measure) => {
  await prepare();
  lay();
  const stops: (() => Promise<void> | void)[] = [unlay];
  try {
    const kamailio = await startKamailio({
      address: server,
      ports: { sip: 5060, tls: 5061, ws: 5080, wss: 5443 },
      netns: namespace,
    });
    stops.push(() => kamailio.stop());
    const proxy = kamailio.server('udp');
    const peer = await startBaresip({ user: 'bob', domain: kamailio.domain, proxy, hz: hz.theirs, netns: namespace });
    stops.push(() => peer.stop());
    const microphone = join(kamailio.folder, 'microphone.wav');
    writeTone(microphone, hz.ours, 300, 48_000);
    const app = await launchPhone({ microphone, provision: accountOn(kamailio, 'alice', 'udp') });
    stops.push(() => app.close());
    await app.registered();
    const callId = await place(app, `bob@${kamailio.domain}`);
    await connected(app, callId);
    await expectPeerHears(peer, hz.ours);

    const back: { there: number; here: number }[] = [];
    for (let change = 0; change < changes; change += 1) {
      await delay(rest);
      const [before, after] = change % 2 === 0 ? addresses : addresses.toReversed();
      if (before && after) back.push(await move(kamailio.folder, before, after));
    }
    await expectPhoneHears(app, callId, hz.theirs);
    await expectPeerHears(peer, hz.ours);
    for (const side of ['there', 'here'] as const) {
      const samples = back.map((one) => one[side]);
      measure({ name: `address_change_sound_${side}_ms_median`, value: median(samples), unit: 'ms', samples });
      measure({ name: `address_change_sound_${side}_ms_p95`, value: percentile(samples, 95), unit: 'ms', samples });
    }
  } finally {
    for (const stop of stops.toReversed()) await stop();
  }
};

/** Changes the address, and waits for RTP from and to the new one. Milliseconds from the change. */
async function move(folder: string, before: string, after: string): Promise<{ there: number; here: number }> {
  const file = join(folder, 'moves.pcap');
  const filter = `udp and host ${after} and greater 150 and not port 5060`;
  const capture = startChild('tcpdump', ['--immediate-mode', '-U', '-i', cable.there, '-s0', '-w', file, filter], {
    netns: namespace,
  });
  try {
    await capture.waitFor(/listening on/);
    const changed = Date.now();
    ip('addr', 'del', `${before}/24`, 'dev', cable.here);
    ip('addr', 'add', `${after}/24`, 'dev', cable.here);
    const first = (way: 'from' | 'to') =>
      until(
        `RTP ${way} ${after}`,
        () =>
          readCapture(file).find((packet) => packet[way] === after && packet.payload.readUInt8(0) >> 6 === 2)?.at ??
          null,
        patience,
      );
    return { there: (await first('from')) - changed, here: (await first('to')) - changed };
  } finally {
    await capture.stop();
    rmSync(file, { force: true });
  }
}

function lay(): void {
  unlay();
  ip('netns', 'add', namespace);
  ip('link', 'add', cable.here, 'type', 'veth', 'peer', 'name', cable.there);
  ip('link', 'set', cable.there, 'netns', namespace);
  ip('addr', 'add', `${addresses[0]}/24`, 'dev', cable.here);
  ip('link', 'set', cable.here, 'up');
  for (const command of [
    ['addr', 'add', `${server}/24`, 'dev', cable.there],
    ['link', 'set', cable.there, 'up'],
    ['link', 'set', 'lo', 'up'],
  ]) {
    ip('netns', 'exec', namespace, 'ip', ...command);
  }
}

function unlay(): void {
  for (const command of [
    ['link', 'del', cable.here],
    ['netns', 'del', namespace],
  ]) {
    try {
      ip(...command);
    } catch {
      // It was not there.
    }
  }
}

function ip(...args: string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
