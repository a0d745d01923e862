import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_ATTRIBUTES, MAX_BYTES, MAX_DEPTH, MAX_ELEMENTS, parseXml, type XmlElement } from './index.ts';

function parse(text: string): ReturnType<typeof parseXml> {
  return parseXml(Buffer.from(text));
}

function read(text: string): XmlElement {
  const result = parse(text);
  if (result.kind === 'problem') throw new Error(result.reason);
  return result;
}

/** The body of a NOTIFY of the abuse set. */
function abuse(id: string): Buffer {
  const bytes = readFileSync(new URL(`../../../tests/fixtures/sip-abuse/${id}.bin`, import.meta.url));
  return bytes.subarray(bytes.indexOf('\r\n\r\n') + 4);
}

describe('reading XML', () => {
  test('gives names, namespaces, attributes, children and text of a dialog-info body', () => {
    const root = read(
      '<?xml version="1.0" encoding="UTF-8"?>\r\n' +
        '<dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="0" state="full" entity="sip:a@b.test">\r\n' +
        "  <dialog id='1' direction = 'recipient'><state>early</state><!-- ringing --></dialog>\r\n" +
        '</dialog-info>\r\n',
    );
    const namespace = 'urn:ietf:params:xml:ns:dialog-info';
    expect(root).toMatchObject({ kind: 'element', name: 'dialog-info', namespace, text: '' });
    expect([...root.attributes]).toEqual([
      ['version', '0'],
      ['state', 'full'],
      ['entity', 'sip:a@b.test'],
    ]);
    expect(root.children).toMatchObject([
      { name: 'dialog', namespace, children: [{ name: 'state', namespace, text: 'early', children: [] }] },
    ]);
    expect(root.children[0]?.attributes.get('direction')).toBe('recipient');
  });

  test('resolves prefixes, wherever they are declared, and keeps them apart from the default', () => {
    const root = read(
      '<p:a xmlns:p="urn:p" xmlns="urn:d" p:x="1" x="2"><b xmlns=""><p:c/><c/></b><p:d xmlns:p="urn:q"/></p:a>',
    );
    expect(root).toMatchObject({ name: 'a', namespace: 'urn:p' });
    expect([...root.attributes]).toEqual([
      ['{urn:p}x', '1'],
      ['x', '2'],
    ]);
    expect(root.children.map(({ name, namespace }) => [name, namespace])).toEqual([
      ['b', ''],
      ['d', 'urn:q'],
    ]);
    expect(root.children[0]?.children.map(({ namespace }) => namespace)).toEqual(['urn:p', '']);
  });

  test('knows the prefix xml without a declaration', () => {
    expect(read('<a xml:lang="de"/>').attributes.get('{http://www.w3.org/XML/1998/namespace}lang')).toBe('de');
  });

  test('expands references once: the five names, decimal, hexadecimal', () => {
    const root = read('<a t="&quot;&#228;&apos;&#xA;">&lt;b&gt; &amp;lt; &#x1F600;</a>');
    expect(root.text).toBe('<b> &lt; 😀');
    expect(root.attributes.get('t')).toBe('"ä\'\n');
  });

  test('joins text and CDATA around children, and trims', () => {
    expect(read('<a> one <b>inner</b><![CDATA[<two> &amp;]]>\r\n</a>').text).toBe('one <two> &amp;');
  });

  test('passes over a byte order mark, comments and processing instructions', () => {
    expect(read('\ufeff<?xml version="1.0"?><!-- < & --><?go <?><a/><!-- after -->\n').name).toBe('a');
  });
});

describe('XML that is refused', () => {
  test.each([
    ['nothing', ''],
    ['text alone', 'hello'],
    ['two roots', '<a/><b/>'],
    ['text after the root', '<a/>b'],
    ['an end tag of another element', '<a><b></a></b>'],
    ['an end tag too many', '<a/></a>'],
    ['an element that is not closed', '<a><b></b>'],
    ['a tag that is not closed', '<a><b'],
    ['an attribute without quotes', '<a b=c/>'],
    ['an attribute without value', '<a b/>'],
    ['an attribute whose quote is not closed', '<a b="c/>'],
    ['attributes without a space between', '<a b="1"c="2"/>'],
    ['an attribute twice', '<a b="1" b="2"/>'],
    ['an attribute twice by way of namespaces', '<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>'],
    ['a prefix that is not declared', '<p:a/>'],
    ['a prefix that is declared empty', '<a xmlns:p=""/>'],
    ['another xml', '<a xmlns:xml="urn:x"/>'],
    ['a name with two colons', '<a xmlns:p="u"><p:b:c/></a>'],
    ['an entity without a DTD', '<a>&nbsp;</a>'],
    ['an ampersand', '<a>you & me</a>'],
    ['a reference to a control character', '<a>&#0;</a>'],
    ['a reference beyond Unicode', '<a>&#x110000;</a>'],
    ['a reference to a surrogate', '<a>&#xD800;</a>'],
    ['a control character', '<a>\u0001</a>'],
    ['"<" in an attribute', '<a b="<"/>'],
    ['a DOCTYPE, even an empty one', '<!DOCTYPE a><a/>'],
    ['another encoding', '<?xml version="1.0" encoding="UTF-16"?><a/>'],
    ['a comment that is not closed', '<a/><!-- '],
    ['a CDATA section that is not closed', '<a><![CDATA[ ]] ></a>'],
  ])('%s', (_what, text) => {
    expect(parse(text)).toEqual({ kind: 'problem', reason: expect.any(String) });
  });

  test('what is not UTF-8', () => {
    expect(parseXml(Buffer.from('<a>\xe4</a>', 'latin1'))).toMatchObject({ kind: 'problem', reason: 'not UTF-8' });
  });

  test('whatever passes a limit, and nothing that just reaches it', () => {
    const nested = (depth: number): string => '<a>'.repeat(depth) + '</a>'.repeat(depth);
    const many = (count: number): string => `<a ${Array.from({ length: count }, (_, i) => `a${i}=""`).join(' ')}/>`;
    const wide = (count: number): string => `<a>${'<b/>'.repeat(count - 1)}</a>`;
    const long = (bytes: number): string => `<a>${'x'.repeat(bytes - 7)}</a>`;
    const kinds = (write: (size: number) => string, limit: number): string[] =>
      [limit, limit + 1].map((size) => parse(write(size)).kind);
    expect(kinds(nested, MAX_DEPTH)).toEqual(['element', 'problem']);
    expect(kinds(many, MAX_ATTRIBUTES)).toEqual(['element', 'problem']);
    expect(kinds(wide, MAX_ELEMENTS)).toEqual(['element', 'problem']);
    expect(kinds(long, MAX_BYTES)).toEqual(['element', 'problem']);
  });

  test('any other bytes, without an exception', () => {
    const valid = Buffer.from(
      '<?xml version="1.0"?><a xmlns:p="u" p:b="&lt;"><p:c>x&#65;</p:c><![CDATA[y]]><!-- z --></a>',
    );
    const edits = fc.array(fc.tuple(fc.nat(valid.length - 1), fc.integer({ min: 0, max: 255 })), { maxLength: 6 });
    fc.assert(
      fc.property(edits, fc.nat(valid.length), (changes, end) => {
        const bytes = Buffer.from(valid.subarray(0, end));
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        expect(parseXml(bytes).kind).toMatch(/^(element|problem)$/);
      }),
    );
  });
});

describe('the abuse set', () => {
  test.each([
    ['xml-xxe-file', 'document type declarations are refused'],
    ['xml-xxe-http', 'document type declarations are refused'],
    ['xml-laughs', 'document type declarations are refused'],
    ['xml-deep', 'more than 32 elements inside each other'],
    ['xml-unclosed', '<tuple> is not complete'],
    ['xml-attrs', '<presence> has more than 64 attributes'],
  ])('%s: %s', (id, reason) => {
    expect(parseXml(abuse(id))).toEqual({ kind: 'problem', reason });
  });

  test('xml-html: markup in a display name is text', () => {
    const root = parseXml(abuse('xml-html'));
    const identity = root.kind === 'element' ? root.children[0]?.children[0]?.children[0] : undefined;
    expect(identity?.attributes.get('display')).toBe('<img src=x onerror=alert(1)>');
  });

  test('xml-version-regress: is well-formed; its version is for the subscription to judge', () => {
    const root = parseXml(abuse('xml-version-regress'));
    expect(root.kind === 'element' && root.attributes.get('version')).toMatch(/^\d+$/);
  });
});
