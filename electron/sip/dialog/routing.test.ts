import { describe, expect, it } from 'vitest';
import { createRequest } from '../wire/index.ts';
import { applyStrictRouting } from './routing.ts';

describe('a strict router', () => {
  it('gets the request in its own name, and the target comes last in the route', () => {
    const bye = createRequest('BYE', 'sip:bob@10.0.0.9', [['Route', '<sip:strict.example>, <sip:loose.example;lr>']]);
    applyStrictRouting(bye);
    expect(bye.uri).toBe('sip:strict.example');
    expect(bye.headers.all('Route')).toEqual(['<sip:loose.example;lr>', '<sip:bob@10.0.0.9>']);
  });

  it('is the exception: with a loose router nothing changes', () => {
    for (const route of ['<sip:a.example;lr>', '<sip:a.example;lr=on>']) {
      const bye = createRequest('BYE', 'sip:bob@10.0.0.9', [['Route', route]]);
      applyStrictRouting(bye);
      expect(bye.uri).toBe('sip:bob@10.0.0.9');
      expect(bye.headers.all('Route')).toEqual([route]);
    }
  });
});
