// Who hears whom as calls join and leave.
import { beforeEach, describe, expect, it } from 'vitest';
import { Conference } from './conference.ts';

let said: string[];
let conference: Conference;
beforeEach(() => {
  said = [];
  conference = new Conference({
    mix: (callIds) => said.push(`mix ${callIds.join(' ')}`.trim()),
    joined: (callId, on) => said.push(`${callId} ${on ? 'in' : 'out'}`),
  });
});

describe('a conference', () => {
  it('begins with two and grows', () => {
    conference.join(['a', 'b']);
    conference.join(['b', 'c']);
    expect(said).toEqual(['mix a b', 'a in', 'b in', 'mix a b c', 'c in']);
    expect(conference.with('b')).toEqual(['a', 'b', 'c']);
    expect(conference.with('d')).toEqual(['d']);
  });

  it('is none with one call alone', () => {
    conference.join(['a']);
    expect(said).toEqual([]);
  });

  it('goes on when one leaves, and ends with the last but one', () => {
    conference.join(['a', 'b', 'c']);
    said = [];
    expect(conference.leave('a')).toBe(true);
    expect(said).toEqual(['mix b c', 'a out']);
    expect(conference.leave('b')).toBe(true);
    expect(said.slice(2)).toEqual(['mix', 'b out', 'c out']);
    expect(conference.leave('c')).toBe(false);
    expect(conference.with('c')).toEqual(['c']);
  });
});
