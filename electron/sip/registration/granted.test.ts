import { describe, expect, it } from 'vitest';
import { createResponse } from '../wire/index.ts';
import { grantedSeconds, retryAfter, serviceRoute } from './granted.ts';

function ok(...headers: [string, string][]): ReturnType<typeof createResponse> {
  return createResponse(200, { headers });
}

describe('what a registrar grants', () => {
  it('is the expires of our own contact among those of other devices, readable or not', () => {
    const response = ok(
      ['Contact', '<sip:other@10.0.0.1>;expires=7, "broken'],
      ['Contact', '<sip:me@10.0.0.2>;expires=90'],
      ['Expires', '5'],
    );
    expect(grantedSeconds(response, 'me', 300)).toBe(90);
  });

  it('is the Expires header where the contact says nothing, else what was asked for', () => {
    expect(grantedSeconds(ok(['Contact', '<sip:me@10.0.0.2>'], ['Expires', '120']), 'me', 300)).toBe(120);
    expect(grantedSeconds(ok(['Expires', '120']), 'me', 300)).toBe(120);
    expect(grantedSeconds(ok(), 'me', 300)).toBe(300);
  });

  it('is what was asked for when the answer is no number', () => {
    for (const text of ['-5', 'soon', '4294967296', '1.5', '']) {
      expect(grantedSeconds(ok(['Contact', `<sip:me@h>;expires=${text}`]), 'me', 300)).toBe(300);
    }
  });

  it('has a route for later requests, in order', () => {
    const response = ok(['Service-Route', '<sip:a;lr>, <sip:b;lr>'], ['Service-Route', 'nonsense']);
    expect(serviceRoute(response)).toEqual(['<sip:a;lr>', '<sip:b;lr>']);
  });

  it('has a Retry-After with or without a comment', () => {
    expect(retryAfter(ok(['Retry-After', '18000;duration=3600']))).toBe(18_000);
    expect(retryAfter(ok(['Retry-After', '120 (I am in a meeting)']))).toBe(120);
    expect(retryAfter(ok(['Retry-After', 'later']))).toBeUndefined();
  });
});
