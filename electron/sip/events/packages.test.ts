// Bodies of NOTIFY, from the RFCs' own examples, and the ones that nobody should send.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDialogInfo } from './dialog-info.ts';
import { readMessageSummary } from './message-summary.ts';
import { packages } from './packages.ts';
import { readPidf, writePidf } from './pidf.ts';
import type { Reading, Unreadable } from './reading.ts';
import { readRegInfo } from './reginfo.ts';
import { parseSubscriptionState } from './subscription-state.ts';
import { writeDialogInfo } from './write-dialog-info.ts';

function value<Value>(reading: Reading<Value> | Unreadable): Reading<Value> {
  if (reading.kind === 'unreadable') throw new Error(reading.reason);
  return reading;
}

describe('message-summary (RFC 3842)', () => {
  test('says what waits, by class', () => {
    const body =
      'Messages-Waiting: yes\r\nMessage-Account: sip:alice@vmail.example.com\r\nVoice-Message: 2/8 (0/2)\r\nFax-Message: 1/0\r\n\r\nTo: x\r\nFax-Message: 9/9\r\n';
    expect(readMessageSummary(Buffer.from(body))).toEqual({
      waiting: true,
      account: 'sip:alice@vmail.example.com',
      messages: new Map([
        ['voice-message', { new: 2, old: 8, newUrgent: 0, oldUrgent: 2 }],
        ['fax-message', { new: 1, old: 0, newUrgent: 0, oldUrgent: 0 }],
      ]),
    });
  });

  test('with bare line feeds, other capitals and blanks is read as well', () => {
    expect(readMessageSummary(Buffer.from('messages-waiting : NO\nvoice-message:0/3\n'))).toMatchObject({
      waiting: false,
    });
  });

  test('without its one mandatory line is none', () => {
    expect(readMessageSummary(Buffer.from('Voice-Message: 2/8\r\n'))).toBeNull();
    expect(readMessageSummary(Buffer.from('<html>'))).toBeNull();
  });
});

function dialogInfo(version: number, state: 'full' | 'partial', dialogs: string): Buffer {
  return Buffer.from(
    `<?xml version="1.0"?><dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="${version}" state="${state}" entity="sip:alice@example.com">${dialogs}</dialog-info>`,
  );
}

const early =
  '<dialog id="as7d900as8" call-id="a84b4c76e66710" local-tag="1928301774" remote-tag="456248" direction="recipient"><state>early</state>' +
  '<local><identity display="Alice">sip:alice@example.com</identity><target uri="sip:alice@pc33.example.com"/></local>' +
  '<remote><identity display="&lt;img src=x&gt;">sip:bob@example.org</identity></remote></dialog>';

describe('dialog-info (RFC 4235)', () => {
  test('gives what Replaces needs, and names as text', () => {
    const { value: info, version, stale } = value(readDialogInfo(dialogInfo(0, 'full', early), null));
    expect({ version, stale }).toEqual({ version: 0, stale: false });
    expect(info).toEqual({
      entity: 'sip:alice@example.com',
      dialogs: [
        {
          id: 'as7d900as8',
          callId: 'a84b4c76e66710',
          localTag: '1928301774',
          remoteTag: '456248',
          direction: 'recipient',
          state: 'early',
          local: { identity: 'sip:alice@example.com', display: 'Alice', target: 'sip:alice@pc33.example.com' },
          remote: { identity: 'sip:bob@example.org', display: '<img src=x>' },
        },
      ],
    });
  });

  test('partial documents change what is known, one version after the other', () => {
    const first = value(readDialogInfo(dialogInfo(7, 'full', early), null));
    const second = value(
      readDialogInfo(dialogInfo(8, 'partial', '<dialog id="b"><state>confirmed</state></dialog>'), first),
    );
    expect(second.value.dialogs.map(({ id, state }) => `${id} ${state}`)).toEqual(['as7d900as8 early', 'b confirmed']);
    const third = value(
      readDialogInfo(dialogInfo(9, 'partial', '<dialog id="as7d900as8"><state>terminated</state></dialog>'), second),
    );
    expect(third.value.dialogs.map(({ id }) => id)).toEqual(['b']);
    expect(third.stale).toBe(false);
  });

  test('an older or repeated version changes nothing', () => {
    const first = value(readDialogInfo(dialogInfo(7, 'full', early), null));
    for (const version of [0, 6, 7]) expect(readDialogInfo(dialogInfo(version, 'full', ''), first)).toBe(first);
  });

  test('after a gap, or begun with a part, all must be told again, and a full one is all', () => {
    const first = value(readDialogInfo(dialogInfo(7, 'full', ''), null));
    const gap = value(readDialogInfo(dialogInfo(9, 'partial', early), first));
    expect(gap.stale).toBe(true);
    expect(value(readDialogInfo(dialogInfo(10, 'partial', ''), gap)).stale).toBe(true);
    expect(value(readDialogInfo(dialogInfo(11, 'full', ''), gap))).toMatchObject({ stale: false, version: 11 });
    expect(value(readDialogInfo(dialogInfo(3, 'partial', early), null)).stale).toBe(true);
  });

  test('what we write of ourselves is read back', () => {
    const { dialogs } = value(readDialogInfo(dialogInfo(0, 'full', early), null)).value;
    const written = Buffer.from(writeDialogInfo('sip:alice@example.com', 4, dialogs));
    expect(value(readDialogInfo(written, null))).toMatchObject({ version: 4, value: { dialogs } });
  });
});

describe('presence (RFC 3863, RFC 4480)', () => {
  test('says whether and why not', () => {
    const body = Buffer.from(
      `<?xml version="1.0"?><pr:presence xmlns:pr="urn:ietf:params:xml:ns:pidf" xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model" xmlns:r="urn:ietf:params:xml:ns:pidf:rpid" entity="pres:x@example.com">
       <pr:tuple id="a"><pr:status><pr:basic>closed</pr:basic></pr:status></pr:tuple>
       <pr:tuple id="b"><pr:status><pr:basic>open</pr:basic></pr:status><pr:note>back at 3</pr:note></pr:tuple>
       <dm:person id="p"><r:activities><r:on-the-phone/><r:busy/><r:unknown/></r:activities></dm:person></pr:presence>`,
    );
    expect(value(readPidf(body)).value).toEqual({
      entity: 'pres:x@example.com',
      basic: 'open',
      activities: ['on-the-phone', 'busy'],
      note: 'back at 3',
    });
  });

  test('what we write of ourselves is read back, whatever the note holds', () => {
    const presence = { basic: 'closed', activities: ['away'], note: '<b>&"\u0000' } as const;
    expect(value(readPidf(Buffer.from(writePidf('sip:x@y', '1', presence)))).value).toEqual({
      entity: 'sip:x@y',
      basic: 'closed',
      activities: ['away'],
      note: '<b>&"',
    });
  });
});

test('reginfo (RFC 3680) says which phones are there, and partial ones change it', () => {
  const body = (version: number, state: string, contact: string): Buffer =>
    Buffer.from(
      `<?xml version="1.0"?><reginfo xmlns="urn:ietf:params:xml:ns:reginfo" version="${version}" state="${state}"><registration aor="sip:joe@example.com" id="as9" state="active">${contact}</registration></reginfo>`,
    );
  const first = value(
    readRegInfo(
      body(
        0,
        'full',
        '<contact id="76" state="active" event="registered" expires="7322" q="0.8"><uri>sip:joe@pc887.example.com</uri></contact>',
      ),
      null,
    ),
  );
  expect(first.value.registrations).toEqual([
    {
      id: 'as9',
      aor: 'sip:joe@example.com',
      state: 'active',
      contacts: [{ id: '76', uri: 'sip:joe@pc887.example.com', state: 'active', event: 'registered', expires: 7322 }],
    },
  ]);
  const gone = '<contact id="76" state="terminated" event="expired"><uri>sip:joe@pc887.example.com</uri></contact>';
  const second = value(readRegInfo(body(1, 'partial', gone), first));
  expect(second.value.registrations[0]?.contacts).toEqual([]);
});

test('hostile XML is refused and read no further', () => {
  for (const name of ['xml-laughs', 'xml-xxe-file', 'xml-xxe-http', 'xml-unclosed']) {
    const message = readFileSync(`${import.meta.dirname}/../../../tests/fixtures/sip-abuse/${name}.bin`);
    const body = message.subarray(message.indexOf('\r\n\r\n') + 4);
    for (const { read } of [packages.dialog, packages.presence, packages.reg]) {
      expect(read(body, null).kind).toBe('unreadable');
    }
  }
});

test('nothing that a notifier can send is thrown over', () => {
  const text = fc.oneof(fc.string(), fc.constant(dialogInfo(1, 'full', early).toString()));
  fc.assert(
    fc.property(text, fc.nat(2000), fc.nat(255), (body, at, byte) => {
      const bytes = Buffer.from(body);
      if (bytes.length > 0) bytes[at % bytes.length] = byte;
      for (const { read } of Object.values(packages)) read(bytes, null);
    }),
    { numRuns: 2000 },
  );
});

describe('Subscription-State', () => {
  test.each([
    ['active;expires=600', { state: 'active', expires: 600 }],
    ['Terminated ; Reason=Deactivated;retry-after=5', { state: 'terminated', reason: 'deactivated', retryAfter: 5 }],
    ['waiting', { state: 'active' }],
    ['active;expires=99999999999', { state: 'active' }],
    ['', null],
    [undefined, null],
  ])('%s', (text, expected) => {
    expect(parseSubscriptionState(text)).toEqual(expected);
  });
});
