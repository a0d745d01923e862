// WebDAV's multistatus, as servers write it and as they should not.
import { expect, test } from 'vitest';
import { readMultistatus } from './multistatus.ts';

const card = 'urn:ietf:params:xml:ns:carddav';

test('resources with their properties, whatever the prefixes', () => {
  const { resources, syncToken } = readMultistatus(`<?xml version="1.0"?>
    <D:multistatus xmlns:D="DAV:" xmlns:C="${card}">
      <D:response>
        <D:href>/nora/book/</D:href>
        <D:propstat>
          <D:prop>
            <D:resourcetype><D:collection/><C:addressbook/></D:resourcetype>
            <C:addressbook-home-set><D:href>/nora/</D:href></C:addressbook-home-set>
            <D:getetag>"a&amp;b"</D:getetag>
          </D:prop>
          <D:status>HTTP/1.1 200 OK</D:status>
        </D:propstat>
        <D:propstat><D:prop><D:displayname/></D:prop><D:status>HTTP/1.1 404 Not Found</D:status></D:propstat>
      </D:response>
      <D:response><D:href>/nora/book/gone.vcf</D:href><D:status>HTTP/1.1 404 Not Found</D:status></D:response>
      <D:sync-token>token-2</D:sync-token>
    </D:multistatus>`);
  expect(syncToken).toBe('token-2');
  expect(resources.map(({ href, status }) => [href, status])).toEqual([
    ['/nora/book/', 0],
    ['/nora/book/gone.vcf', 404],
  ]);
  const [book] = resources;
  expect([...(book?.properties.keys() ?? [])]).toEqual([
    '{DAV:}resourcetype',
    `{${card}}addressbook-home-set`,
    '{DAV:}getetag',
  ]);
  expect(book?.properties.get('{DAV:}resourcetype')?.names).toEqual(['{DAV:}collection', `{${card}}addressbook`]);
  expect(book?.properties.get(`{${card}}addressbook-home-set`)?.hrefs).toEqual(['/nora/']);
  expect(book?.properties.get('{DAV:}getetag')?.text).toBe('"a&b"');
});

test.each([
  ['nothing', ''],
  ['a page', '<html><body>It works!</body></html>'],
  ['an end that never comes', '<multistatus xmlns="DAV:"><response>'],
  ['an entity of its own', '<!DOCTYPE m [<!ENTITY a "aaaa">]><multistatus xmlns="DAV:">&a;</multistatus>'],
  ['more depth than sense', `<multistatus xmlns="DAV:">${'<a>'.repeat(100)}${'</a>'.repeat(100)}</multistatus>`],
  ['another namespace', '<multistatus xmlns="urn:other"/>'],
])('%s is refused', (_what, xml) => {
  expect(() => readMultistatus(xml)).toThrow();
});
