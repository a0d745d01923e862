import { describe, expect, test } from 'vitest';
import { formatNameAddr, isNameAddr, parseNameAddr, tagOf } from './name-addr.ts';

describe('an address', () => {
  test.each([
    ['"Bell, A. \\"Al\\"" <sip:a@x;lr>;tag=1', 'Bell, A. "Al"', 'sip:a@x;lr', [['tag', '1']]],
    ['Alice Bell <sip:a@x>', 'Alice Bell', 'sip:a@x', []],
    ['caller<sip:a@x>;Tag=1', 'caller', 'sip:a@x', [['tag', '1']]],
    ['<sip:a@x>', undefined, 'sip:a@x', []],
    ['sip:a@x;tag=1', undefined, 'sip:a@x', [['tag', '1']]],
    ['"" <sip:a@x>', undefined, 'sip:a@x', []],
    ['Grüezi <sip:a@x>;;x="a;b"', 'Grüezi', 'sip:a@x', [['x', 'a;b']]],
    ['<urn:service:sos>', undefined, 'urn:service:sos', []],
    ['<tel:+1>; tag = 1', undefined, 'tel:+1', [['tag', '1']]],
  ])('%s is read', (text, name, uri, params) => {
    const address = parseNameAddr(text);
    expect(address?.displayName).toBe(name);
    expect(address?.uri).toBe(uri);
    expect([...(address?.params ?? [])]).toEqual(params);
    expect(isNameAddr(text)).toBe(true);
  });

  test.each(['*', '', '"open <sip:a@x>', '<sip:a@x', '<foo>;tag=1', 'nobody', '<sip:a@x> x=1', '"a" sip:a@x', '"a\\'])(
    '%s is none',
    (text) => {
      expect(parseNameAddr(text)).toBeNull();
      expect(isNameAddr(text)).toBe(false);
    },
  );

  test('is written with quotes where they are needed', () => {
    const text = '"A \\"B\\"" <sip:a@x>;+sip.instance="<urn:uuid:1>";expires=60;ob';
    const address = parseNameAddr(text);
    expect(address && formatNameAddr(address)).toBe(text);
  });

  test('its tag is found', () => {
    expect(tagOf('<sip:a@x>;tag=abc')).toBe('abc');
    expect(tagOf('<sip:a@x>')).toBeUndefined();
    expect(tagOf(undefined)).toBeUndefined();
  });

  test('60,000 escaped quotes take little time', () => {
    const startedAt = performance.now();
    expect(parseNameAddr(`"${'\\"'.repeat(60_000)}" <sip:a@x>`)?.displayName?.length).toBe(60_000);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});
