// The ICE-lite agent's STUN: who is answered, and how.
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bindingSuccess, readBindingRequest } from './stun.ts';

const password = 'correcthorsebatterystaple';

function request(username: string, signedWith = password, useCandidate = true): Buffer {
  const name = Buffer.from(username);
  const attributes = Buffer.concat([
    Buffer.from([0, 6, 0, name.length]),
    name,
    Buffer.alloc(-name.length & 3),
    ...(useCandidate ? [Buffer.from([0, 0x25, 0, 0])] : []),
  ]);
  const head = Buffer.alloc(20);
  head.writeUInt16BE(1, 0);
  head.writeUInt16BE(attributes.length + 24, 2);
  head.writeUInt32BE(0x2112_a442, 4);
  head.write('transaction!', 8);
  const signed = Buffer.concat([head, attributes]);
  const integrity = createHmac('sha1', signedWith).update(signed).digest();
  return Buffer.concat([signed, Buffer.from([0, 8, 0, 20]), integrity]);
}

describe('a binding request', () => {
  it('is read when it is signed with our password and names us', () => {
    expect(readBindingRequest(request('ours:theirs'), 'ours', password)).toEqual({
      transactionId: Buffer.from('transaction!'),
      useCandidate: true,
    });
    expect(readBindingRequest(request('ours:theirs', password, false), 'ours', password)?.useCandidate).toBe(false);
  });

  it('is left alone when it is for another, wrongly signed, unsigned or cut off', () => {
    expect(readBindingRequest(request('other:theirs'), 'ours', password)).toBeNull();
    expect(readBindingRequest(request('ours:theirs', 'guess'), 'ours', password)).toBeNull();
    const whole = request('ours:theirs');
    for (let length = 0; length < whole.length; length++) {
      expect(readBindingRequest(whole.subarray(0, length), 'ours', password)).toBeNull();
    }
  });
});

describe('the answer', () => {
  it('says where the request came from, signed and with a fingerprint', () => {
    const found = readBindingRequest(request('ours:theirs'), 'ours', password);
    if (!found) throw new Error('not read');
    const answer = bindingSuccess(found, { address: '127.0.0.1', port: 50_000 }, password);
    expect(answer.readUInt16BE(0)).toBe(0x0101);
    expect(answer.readUInt16BE(2)).toBe(answer.length - 20);
    expect(answer.subarray(8, 20).toString()).toBe('transaction!');
    expect(answer.readUInt16BE(26) ^ 0x2112).toBe(50_000);
    expect((answer.readUInt32BE(28) ^ 0x2112_a442) >>> 0).toBe(0x7f00_0001);
    const signed = Buffer.from(answer.subarray(0, 32));
    signed.writeUInt16BE(36, 2);
    expect(answer.subarray(36, 56)).toEqual(createHmac('sha1', password).update(signed).digest());
  });
});
