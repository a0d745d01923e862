// app:// as Chromium sees it, and back.
import { beforeAll, describe, expect, it } from 'vitest';
import { originOf, protocol, toAppUrl, toPageUrl } from './protocol.ts';

beforeAll(() => protocol.handle('app', () => new Response()));

describe('addresses', () => {
  for (const [app, page] of [
    ['app://main/index.html?a=1#top', 'https://app-main.invalid/index.html?a=1#top'],
    ['app://main/', 'https://app-main.invalid/'],
    ['app://my-host/x', 'https://app-my-host.invalid/x'],
  ] as const) {
    it(`${app} is ${page}`, () => {
      expect(toPageUrl(app)).toBe(page);
      expect(toAppUrl(page)).toBe(app);
    });
  }

  it('get a path where they have none', () => expect(toPageUrl('app://main')).toBe('https://app-main.invalid/'));

  it('of schemes that nobody handles stay as they are', () => {
    for (const url of ['https://example.com/a', 'other://main/', 'about:blank', 'https://other-main.invalid/']) {
      expect(toPageUrl(url)).toBe(url);
      expect(toAppUrl(url)).toBe(url);
    }
  });
});

it('gives each host a registrable domain of its own, and so a site and a process', () => {
  // Two labels: the host's own below a top-level domain.
  expect(new URL(toPageUrl('app://media/')).hostname.split('.')).toHaveLength(2);
});

it('names origins as Electron does', () => {
  expect(originOf('app://main/index.html')).toBe('app://main');
  expect(originOf('https://example.com:444/a')).toBe('https://example.com:444');
  expect(originOf('about:blank')).toBe('null');
  expect(originOf('not a url')).toBe('null');
});
