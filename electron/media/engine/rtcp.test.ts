// RTCP translation: which SSRCs change, what stays out.
import { describe, expect, it } from 'vitest';
import { translateRtcp } from './rtcp.ts';

const translation = { sender: 0x1111_1111, reported: { from: 0x2222_2222, to: 0x3333_3333 }, timestampOffset: 1000 };
const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');

const senderReport =
  '81c8000c aaaaaaaa 0000000100000002 00000005 00000006 00000007  22222222 00000000 00000000 00000000 00000000 00000000';
const description = '81ca0003 aaaaaaaa 01026162 00000000';

describe('a compound packet', () => {
  it('carries sender report and description over, SSRCs and RTP time rewritten', () => {
    expect(translateRtcp(hex(senderReport + description), translation)?.toString('hex')).toBe(
      (
        '81c8000c 11111111 0000000100000002 000003ed 00000006 00000007  33333333 00000000 00000000 00000000 00000000 00000000' +
        '81ca0003 11111111 01026162 00000000'
      ).replaceAll(' ', ''),
    );
  });

  it('leaves reports about other sources as they are', () => {
    const other = senderReport.replace('22222222', '99999999');
    expect(translateRtcp(hex(other), translation)?.toString('hex')).toContain('99999999');
  });

  it.each([
    ['BYE', '81cb0001 aaaaaaaa'],
    ['APP', '80cc0002 aaaaaaaa 41424344'],
    ['transport feedback', '81cd0002 aaaaaaaa bbbbbbbb'],
    ['payload feedback', '8fce0002 aaaaaaaa bbbbbbbb'],
    ['XR', '80cf0001 aaaaaaaa'],
    ['a report cut short', '81c90001 aaaaaaaa'],
    ['a length beyond the packet', '80c90050 aaaaaaaa'],
    ['another version', '40c90001 aaaaaaaa'],
  ])('has nothing for the other leg in %s', (_what, packet) => {
    expect(translateRtcp(hex(packet), translation)).toBeNull();
  });
});
