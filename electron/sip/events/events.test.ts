// The events of an account against a scripted server, over real UDP on loopback.
import { describe, expect, test } from 'vitest';
import type { IncomingMessage, MessageSummary, SubscriptionState } from '../index.ts';
import { useStage } from '../testing/use-stage.ts';
import { tagOf, type SipRequest } from '../wire/index.ts';

const stage = useStage();

type Headers = [string, string][];

/** Watches x@example.com; what comes is written down. */
function watch(event: 'dialog' | 'presence' | 'message-summary', target = 'x') {
  const states: SubscriptionState[] = [];
  const values: unknown[] = [];
  const subscription = stage.room.sip.subscribe('alice', event, target, {
    state: (state) => states.push(state),
    changed: (value) => values.push(value),
  });
  return { states, values, subscription };
}

function accept(subscribe: SipRequest, headers: Headers = []): void {
  stage.server.reply(subscribe, 200, { headers: [['Expires', '600'], stage.contact(), ...headers] });
}

/** A NOTIFY in the dialog of this SUBSCRIBE. */
function notify(subscribe: SipRequest, cseq: number, options: { headers?: Headers; body?: string; tag?: string } = {}) {
  const from = `${subscribe.headers.get('To') ?? ''};tag=${options.tag ?? 'server'}`;
  return stage.server.send('NOTIFY', {
    headers: withDefault(options.headers ?? [], [
      ['From', from],
      ['To', subscribe.headers.get('From') ?? ''],
      ['Call-ID', subscribe.headers.get('Call-ID') ?? ''],
      ['CSeq', `${cseq} NOTIFY`],
      ['Event', subscribe.headers.get('Event') ?? ''],
      ['Subscription-State', 'active;expires=600'],
      ...(options.body === undefined ? [] : ([['Content-Type', subscribe.headers.get('Accept') ?? '']] as Headers)),
    ]),
    ...(options.body === undefined ? {} : { body: options.body }),
  });
}

function withDefault(given: Headers, defaults: Headers): Headers {
  return [...given, ...defaults.filter(([name]) => !given.some(([own]) => own === name))];
}

const waiting = 'Messages-Waiting: yes\r\nVoice-Message: 1/0\r\n';

function dialogInfo(version: number, id: string): string {
  return `<dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="${version}" state="full" entity="sip:x@example.com"><dialog id="${id}"><state>confirmed</state></dialog></dialog-info>`;
}

const final = async (): Promise<number> => (await stage.server.response('final')).status;

describe('a subscription', () => {
  test('asks, is told, and is taken back with Expires 0 inside its dialog', async () => {
    const { states, values, subscription } = watch('message-summary', '');
    const subscribe = await stage.server.request('SUBSCRIBE');
    expect(subscribe.uri).toBe('sip:alice@example.com');
    expect(subscribe.headers.get('Accept')).toBe('application/simple-message-summary');
    accept(subscribe, [['Record-Route', '<sip:127.0.0.1;lr>']]);
    notify(subscribe, 1, { body: waiting });
    expect(await final()).toBe(200);
    expect(states.map(({ name }) => name)).toEqual(['pending', 'active']);
    expect(values).toMatchObject([{ waiting: true }]);

    const closing = subscription.close();
    const last = await stage.server.request('SUBSCRIBE');
    expect(last.headers.get('Expires')).toBe('0');
    expect(last.uri).toBe(`sip:bob@127.0.0.1:${stage.server.port}`);
    expect(tagOf(last.headers.get('To'))).toBe('server');
    expect(Number.parseInt(last.headers.get('CSeq') ?? '', 10)).toBe(2);
    stage.server.reply(last, 200, { headers: [['Expires', '0']] });
    notify(subscribe, 2, { headers: [['Subscription-State', 'terminated;reason=timeout']] });
    expect(await final()).toBe(200);
    await closing;
    notify(subscribe, 3, { body: waiting });
    expect(await final()).toBe(481);
    expect(values).toHaveLength(1);
  });

  test('takes a NOTIFY that overtakes the 2xx', async () => {
    const { values } = watch('message-summary', '');
    const subscribe = await stage.server.request('SUBSCRIBE');
    notify(subscribe, 1, { body: waiting });
    expect(await final()).toBe(200);
    accept(subscribe);
    expect(values).toHaveLength(1);
  });

  test.each([
    ['of another package', [['Event', 'presence']], waiting, 489],
    ['without Subscription-State', [['Subscription-State', ' ']], waiting, 400],
    ['with another body', [['Content-Type', 'text/html']], waiting, 415],
    ['with an unreadable body', [], 'nothing', 200],
  ] as [string, Headers, string, number][])(
    'answers a NOTIFY %s, and learns nothing',
    async (_what, headers, body, status) => {
      const { values } = watch('message-summary', '');
      const subscribe = await stage.server.request('SUBSCRIBE');
      accept(subscribe);
      notify(subscribe, 1, { headers, body });
      expect(await final()).toBe(status);
      expect(values).toEqual([]);
      notify(subscribe, 2, { headers: [['Subscription-State', 'terminated;reason=noresource']] });
      expect(await final()).toBe(200);
      expect(values).toEqual([]);
      stage.room.complaints.length = 0;
    },
  );

  test('ignores a NOTIFY whose number is old, and one of a stranger who knows no tag', async () => {
    const { values } = watch('message-summary', '');
    const subscribe = await stage.server.request('SUBSCRIBE');
    accept(subscribe);
    notify(subscribe, 5, { body: waiting });
    expect(await final()).toBe(200);
    notify(subscribe, 5, { body: waiting });
    expect(await final()).toBe(500);
    notify(subscribe, 6, { headers: [['To', '<sip:alice@example.com>;tag=guess']], body: waiting });
    expect(await final()).toBe(481);
    notify(subscribe, 7, { body: waiting, tag: 'another' });
    expect(await final()).toBe(481);
    expect(values).toHaveLength(1);
  });

  test('to dialogs listens to each notifier that a fork reached, and joins what they say', async () => {
    const { values } = watch('dialog');
    const subscribe = await stage.server.request('SUBSCRIBE');
    accept(subscribe);
    notify(subscribe, 1, { body: dialogInfo(4, 'a') });
    expect(await final()).toBe(200);
    notify(subscribe, 1, { body: dialogInfo(0, 'b'), tag: 'another' });
    expect(await final()).toBe(200);
    expect(values.at(-1)).toMatchObject({ dialogs: [{ id: 'a' }, { id: 'b' }] });
    notify(subscribe, 2, { headers: [['Subscription-State', 'terminated;reason=noresource']], tag: 'another' });
    expect(await final()).toBe(200);
    expect(values.at(-1)).toMatchObject({ dialogs: [{ id: 'a' }] });
  });

  test('that the notifier deactivates begins anew with a Call-ID of its own', async () => {
    watch('presence');
    const subscribe = await stage.server.request('SUBSCRIBE');
    accept(subscribe);
    notify(subscribe, 1, { headers: [['Subscription-State', 'terminated;reason=deactivated']] });
    const again = await stage.server.request('SUBSCRIBE');
    expect(again.headers.get('Call-ID')).not.toBe(subscribe.headers.get('Call-ID'));
    expect(tagOf(again.headers.get('To'))).toBeUndefined();
  });

  test('answers a challenge of its server', async () => {
    const { states } = watch('presence');
    const first = await stage.server.request('SUBSCRIBE');
    stage.server.reply(first, 407, {
      headers: [['Proxy-Authenticate', 'Digest realm="example.com", nonce="n", qop="auth"']],
    });
    const second = await stage.server.request('SUBSCRIBE');
    expect(second.headers.get('Proxy-Authorization')).toContain('uri="sip:x@example.com"');
    expect(second.headers.get('CSeq')).toBe('2 SUBSCRIBE');
    stage.server.reply(second, 403);
    await expect.poll(() => states.at(-1)).toMatchObject({ name: 'ended', cause: { code: 'not-permitted' } });
  });

  test('is made anew when the settings of its account change', async () => {
    watch('presence');
    const subscribe = await stage.server.request('SUBSCRIBE');
    accept(subscribe);
    notify(subscribe, 1);
    expect(await final()).toBe(200);
    stage.room.sip.setAccount({ ...stage.room.account, displayName: 'Alice B.' });
    const last = await stage.server.request('SUBSCRIBE');
    expect(last.headers.get('Expires')).toBe('0');
    accept(last);
    notify(subscribe, 2, { headers: [['Subscription-State', 'terminated;reason=timeout']] });
    const again = await stage.server.request('SUBSCRIBE');
    expect(again.headers.get('From')).toContain('Alice B.');
  });

  test('that is closed before its turn came is never sent', async () => {
    watch('presence');
    const second = watch('presence', 'y');
    watch('presence', 'z');
    await Promise.all([second.subscription.close(), stage.server.request('SUBSCRIBE')]);
    // The turn of the one after it has come, so its own is over.
    expect((await stage.server.request('SUBSCRIBE')).uri).toBe('sip:z@example.com');
    expect(stage.room.trace.filter(({ text }) => text.startsWith('SUBSCRIBE sip:y@'))).toEqual([]);
  });

  test('to something that is no address is refused in a sentence', () => {
    expect(() => watch('presence', 'no body here')).toThrow(/neither a number nor an address/);
  });
});

test('after the machine slept all is asked and told again, though nothing else changed: its time may be over', async () => {
  watch('message-summary', '');
  const subscribe = await stage.server.request('SUBSCRIBE');
  accept(subscribe);
  notify(subscribe, 1, { body: waiting });
  expect(await final()).toBe(200);
  stage.room.sip.publish('alice', 'presence', { basic: 'open' });
  const publish = await stage.server.request('PUBLISH');
  stage.server.reply(publish, 200, {
    headers: [
      ['SIP-ETag', 'tag-1'],
      ['Expires', '600'],
    ],
  });

  stage.room.sip.networkChanged();
  await stage.room.logged('network');
  stage.room.sip.networkChanged({ woke: true });
  const refresh = await stage.server.request('SUBSCRIBE');
  expect(refresh.headers.get('Call-ID')).toBe(subscribe.headers.get('Call-ID'));
  stage.server.reply(refresh, 481);
  const anew = await stage.server.request('SUBSCRIBE');
  expect(anew.headers.get('Call-ID')).not.toBe(subscribe.headers.get('Call-ID'));
  accept(anew);
  const again = await stage.server.request('PUBLISH');
  expect(again.headers.get('SIP-If-Match')).toBe('tag-1');
  stage.server.reply(again, 200, {
    headers: [
      ['SIP-ETag', 'tag-2'],
      ['Expires', '600'],
    ],
  });
});

test('voicemail that is told of unasked is heard; anything else unasked is not', async () => {
  const summaries: MessageSummary[] = [];
  stage.room.sip.listen({
    registration() {},
    incoming() {},
    messageSummary: (_account, summary) => summaries.push(summary),
  });
  stage.server.send('NOTIFY', { headers: [['Event', 'message-summary']], body: waiting });
  expect(await final()).toBe(200);
  expect(summaries).toMatchObject([{ waiting: true }]);
  for (const event of ['dialog', 'presence', 'reg', 'refer', '']) {
    stage.server.send('NOTIFY', { headers: [['Event', event]], body: waiting });
    expect(await final()).toBe(481);
  }
});

describe('a publication', () => {
  test('has its tag, changes, starts over after 412, and is removed', async () => {
    const publication = stage.room.sip.publish('alice', 'presence', { basic: 'open' });
    const first = await stage.server.request('PUBLISH');
    expect(first.headers.has('SIP-If-Match')).toBe(false);
    expect(first.body.toString()).toContain('<basic>open</basic>');
    publication.update({ basic: 'closed' });
    stage.server.reply(first, 200, {
      headers: [
        ['SIP-ETag', 'one'],
        ['Expires', '600'],
      ],
    });
    const second = await stage.server.request('PUBLISH');
    expect(second.headers.get('SIP-If-Match')).toBe('one');
    expect(second.body.toString()).toContain('<basic>closed</basic>');
    stage.server.reply(second, 412);
    const third = await stage.server.request('PUBLISH');
    expect(third.headers.has('SIP-If-Match')).toBe(false);
    expect(third.body.toString()).toContain('<basic>closed</basic>');
    stage.server.reply(third, 200, {
      headers: [
        ['SIP-ETag', 'two'],
        ['Expires', '600'],
      ],
    });
    // The answer has to be read before there is a tag to remove by.
    await expect.poll(() => stage.room.trace.at(-1)?.text).toContain('SIP-ETag: two');
    const closing = publication.close();
    const last = await stage.server.request('PUBLISH');
    expect([last.headers.get('SIP-If-Match'), last.headers.get('Expires')]).toEqual(['two', '0']);
    expect(last.body).toHaveLength(0);
    stage.server.reply(last, 200, { headers: [['Expires', '0']] });
    await closing;
  });
});

describe('a message', () => {
  test.each([
    [200, { name: 'delivered' }],
    [202, { name: 'accepted' }],
    [404, { name: 'failed', cause: { code: 'address-unknown' } }],
    [415, { name: 'failed', cause: { code: 'not-supported' } }],
    [480, { name: 'failed', cause: { code: 'not-available' } }],
  ])('that is answered with %i', async (status, delivery) => {
    const sending = stage.room.sip.message('alice', 'x', 'Grüße');
    const request = await stage.server.request('MESSAGE');
    expect(request.uri).toBe('sip:x@example.com');
    expect(request.headers.get('Content-Type')).toBe('text/plain;charset=UTF-8');
    expect(request.headers.has('Contact')).toBe(false);
    expect(request.body.toString()).toBe('Grüße');
    stage.server.reply(request, status);
    expect(await sending).toMatchObject(delivery);
  });

  test('that would not fit into a datagram is not sent', async () => {
    await expect(stage.room.sip.message('alice', 'x', 'x'.repeat(1200))).rejects.toThrow(/too long/);
    await expect(stage.room.sip.message('alice', 'x', ' ')).rejects.toThrow(/no text/);
    expect(stage.server.untaken('MESSAGE')).toBe(0);
  });

  test('is refused while nobody reads, then handed up as text; other kinds get 415', async () => {
    const plain: Headers = [['Content-Type', 'text/plain']];
    stage.server.send('MESSAGE', { headers: plain, body: 'hello' });
    expect(await final()).toBe(405);
    const messages: IncomingMessage[] = [];
    stage.room.sip.listen({ registration() {}, incoming() {}, message: (message) => messages.push(message) });
    stage.server.send('MESSAGE', { headers: plain, body: '<b>Grüße</b>' });
    expect(await final()).toBe(200);
    expect(messages).toMatchObject([
      { accountId: 'alice', from: { uri: 'sip:bob@example.com' }, text: '<b>Grüße</b>' },
    ]);
    for (const type of ['text/html', 'application/im-iscomposing+xml', 'text/plain;charset=utf-16', '']) {
      stage.server.send('MESSAGE', { headers: [['Content-Type', type]], body: 'x' });
      expect(await final()).toBe(415);
    }
    expect(messages).toHaveLength(1);
  });
});

describe('a report on the sound of a call', () => {
  const report = 'VQSessionReport: CallTerm\r\nCallID: abc\r\n';

  test.each([
    [null, 'sip:example.com'],
    ['vq@collector.example', 'sip:vq@collector.example'],
  ])('for the collector %s goes to %s, once', async (collector, uri) => {
    const sending = stage.room.sip.reportQuality('alice', collector, report);
    const request = await stage.server.request('PUBLISH');
    expect(request.uri).toBe(uri);
    expect(request.headers.get('Event')).toBe('vq-rtcpxr');
    expect(request.headers.get('Content-Type')).toBe('application/vq-rtcpxr');
    expect(request.body.toString()).toBe(report);
    stage.server.reply(request, 200, { headers: [['SIP-ETag', 'x']] });
    expect(await sending).toEqual({ name: 'delivered' });
    expect(stage.server.untaken('PUBLISH')).toBe(0);
  });

  test('that is refused is not sent again', async () => {
    const sending = stage.room.sip.reportQuality('alice', null, report);
    stage.server.reply(await stage.server.request('PUBLISH'), 489);
    expect(await sending).toMatchObject({ name: 'failed' });
    expect(stage.server.untaken('PUBLISH')).toBe(0);
  });
});

test('OPTIONS is answered with what the phone can do now', async () => {
  stage.server.send('OPTIONS');
  const before = await stage.server.response('final');
  expect(before.headers.all('Allow')).not.toContain('MESSAGE');
  expect(before.headers.all('Accept')).toEqual(['application/sdp']);
  expect(before.headers.all('Allow-Events')).toEqual(['message-summary', 'dialog', 'presence', 'reg']);
  stage.room.sip.listen({ registration() {}, incoming() {}, message() {} });
  stage.server.send('OPTIONS');
  const after = await stage.server.response('final');
  expect(after.headers.all('Allow')).toContain('MESSAGE');
  expect(after.headers.all('Accept')).toContain('text/plain');
});
