// The trapezoid: x@a.test and y@b.test on their own companies' proxies, found by DNS. x clicks y's name, y answers with the
// headset's button, tones cross, either hangs up; ACK and BYE go straight, or through proxies that record-route.
import { expect, test } from 'playwright/test';
import { readCapture, waysInDialog, type Packet } from './support/capture.ts';
import { DrivenPhone } from './support/driver-client.ts';
import { missingPrograms, startTrapezoid, trapezoidUnavailable, until, type Trapezoid } from './support/index.ts';

const phones = {
  x: { address: 'x@a.test', name: 'Xaver Ochs', hz: 700, namespace: 'phoneX' },
  y: { address: 'y@b.test', name: 'Yara Young', hz: 1000, namespace: 'phoneY' },
} as const;
type Who = keyof typeof phones;

const missing = missingPrograms('chromium', 'tcpdump');
const unavailable = trapezoidUnavailable() ?? (missing.length > 0 ? `Not installed: ${missing.join(', ')}.` : null);
test.skip(unavailable !== null, unavailable ?? '');

let running: Trapezoid | null = null;
const started: DrivenPhone[] = [];
test.afterEach(async () => {
  for (const phone of started.splice(0)) await phone.stop();
  await running?.stop();
  running = null;
});

interface Case {
  /** Whether the proxies record-route. */
  mode: 'rr' | 'norr';
  transport: 'udp' | 'tcp' | 'tls';
}

/** A phone with its account, which names no server, and the other one in its directory. */
async function start(trapezoid: Trapezoid, who: Who, transport: Case['transport']): Promise<DrivenPhone> {
  const { address, hz, namespace } = phones[who];
  const other = phones[who === 'x' ? 'y' : 'x'];
  const phone = new DrivenPhone(trapezoid, namespace);
  started.push(phone);
  const account = { address, password: 'secret', transport, media: 'rtp', caFile: trapezoid.caFile };
  const contact = { name: other.name, numbers: [{ value: other.address, kind: 'sip' }] };
  await phone.launch({ hookswitch: 1, accounts: [account], contacts: [contact] }, hz);
  return phone;
}

/** Where requests within a dialog leave a phone and come in to one. */
class Wire {
  readonly #trapezoid: Trapezoid;
  readonly #file: string;
  readonly #case: Case;
  #read = 0;
  #logRead = { a: 0, b: 0 };

  constructor(trapezoid: Trapezoid, which: Case) {
    this.#trapezoid = trapezoid;
    this.#file = trapezoid.captureFile ?? '';
    this.#case = which;
  }

  /** What was on the wire so far no longer counts. */
  forget(): void {
    this.#read = readCapture(this.#file).length;
    this.#logRead = { a: this.#trapezoid.a.log().length, b: this.#trapezoid.b.log().length };
  }

  /** The request went this way and no other. */
  async expect(method: 'ACK' | 'BYE', from: Who): Promise<void> {
    if (this.#case.transport === 'tls') return this.#expectEncrypted(method, from);
    const wanted = this.#wanted(from);
    await until(`${method} on the wire`, () => (this.#ways(method).length >= wanted.length ? true : null));
    expect(this.#ways(method)).toEqual(wanted);
  }

  /** What is encrypted only the proxies can tell; but anything from phone to phone would be seen. */
  async #expectEncrypted(method: string, from: Who): Promise<void> {
    const { phoneX, phoneY, proxyA, proxyB } = this.#trapezoid.addresses;
    const [near, first, proxy] = from === 'x' ? ([phoneX, 'a', proxyA] as const) : ([phoneY, 'b', proxyB] as const);
    const sent = `in dialog: ${method} from tls:${near}`;
    const passed = new RegExp(`in dialog: ${method} from \\w+:${proxy}\\b`);
    await until(`${method} at both proxies`, () =>
      this.#log(first).includes(sent) && passed.test(this.#log(first === 'a' ? 'b' : 'a')) ? true : null,
    );
    expect(this.#packets().filter((packet) => packet.protocol === 'tcp' && this.#isStraight(packet))).toEqual([]);
  }

  #log(proxy: 'a' | 'b'): string {
    return this.#trapezoid[proxy].log().slice(this.#logRead[proxy]);
  }

  #wanted(from: Who): string[] {
    const { phoneX, proxyA, proxyB, phoneY } = this.#trapezoid.addresses;
    const [near, first, last, far] = from === 'x' ? [phoneX, proxyA, proxyB, phoneY] : [phoneY, proxyB, proxyA, phoneX];
    const hops = this.#case.mode === 'norr' ? [`${near}>${far}`] : [`${near}>${first}`, `${last}>${far}`];
    return hops.map((hop) => `${this.#case.transport} ${hop}`);
  }

  #ways(method: string): string[] {
    const { proxyA, proxyB } = this.#trapezoid.addresses;
    const between = [`${proxyA}>${proxyB}`, `${proxyB}>${proxyA}`];
    const ways = waysInDialog(this.#packets(), method, [phones.x.address, phones.y.address]);
    return ways.filter((way) => !between.some((hop) => way.endsWith(hop)));
  }

  #isStraight({ from, to }: Packet): boolean {
    const { phoneX, phoneY } = this.#trapezoid.addresses;
    return [phoneX, phoneY].includes(from) && [phoneX, phoneY].includes(to);
  }

  #packets(): Packet[] {
    return readCapture(this.#file).slice(this.#read);
  }
}

const cases: readonly Case[] = [
  { mode: 'norr', transport: 'udp' },
  { mode: 'norr', transport: 'tcp' },
  { mode: 'rr', transport: 'udp' },
  { mode: 'rr', transport: 'tcp' },
  { mode: 'rr', transport: 'tls' },
];

for (const { mode, transport } of cases) {
  const way = mode === 'rr' ? 'through proxies that record-route' : 'straight from phone to phone';
  test(`over ${transport.toUpperCase()}, ACK and BYE ${way}`, async () => {
    test.setTimeout(180_000);
    const trapezoid = await startTrapezoid(mode);
    running = trapezoid;
    const wire = new Wire(trapezoid, { mode, transport });
    const x = await start(trapezoid, 'x', transport);
    const y = await start(trapezoid, 'y', transport);

    await test.step("x clicks y's name; y's pop-up shows x; y answers with the headset's button", async () => {
      await x.clickName(phones.y.name);
      const words = await y.popup();
      expect(words).toContain(phones.x.name);
      expect(words).toContain(phones.x.address);
      await y.press('hook');
    });
    await test.step('each hears the other; x hangs up', async () => {
      const [callX, callY] = [await x.until('connected'), await y.until('connected')];
      await x.hears(callX, phones.y.hz);
      await y.hears(callY, phones.x.hz);
      await wire.expect('ACK', 'x');
      await x.clickEndCall();
      expect(await y.until('ended')).toBe(callY);
      await wire.expect('BYE', 'x');
      await Promise.all([x.idle(), y.idle()]);
    });
    await test.step("y clicks x's name; x answers on the pop-up; x hangs up with the headset's button", async () => {
      wire.forget();
      await y.clickName(phones.x.name);
      expect(await x.popup()).toContain(phones.y.name);
      await x.clickAnswer();
      const [callX, callY] = [await x.until('connected'), await y.until('connected')];
      await x.hears(callX, phones.y.hz);
      await y.hears(callY, phones.x.hz);
      await wire.expect('ACK', 'y');
      await x.press('hook');
      expect(await x.until('ended')).toBe(callX);
      expect(await y.until('ended')).toBe(callY);
      await wire.expect('BYE', 'x');
      await Promise.all([x.idle(), y.idle()]);
    });
    for (const phone of [x, y]) await phone.close();
  });
}
