// pidf+xml (RFC 3863) with the activities of RFC 4480: read from others, written of ourselves.
import { parseXml, type XmlElement } from '../xml/index.ts';
import { plain, unreadable, type Reading, type Unreadable } from './reading.ts';
import type { OwnPresence, Presence } from './types.ts';
import { child, children } from './xml-reading.ts';
import { escapeXml, xmlDeclaration } from './xml-writing.ts';

const PIDF = 'urn:ietf:params:xml:ns:pidf';
const DATA_MODEL = 'urn:ietf:params:xml:ns:pidf:data-model';
const RPID = 'urn:ietf:params:xml:ns:pidf:rpid';
const MAX_ACTIVITIES = 20;
const LONGEST_NOTE = 1000;

/** Reads the body of a presence NOTIFY; each tells all there is. */
export function readPidf(body: Buffer): Reading<Presence> | Unreadable {
  const root = parseXml(body);
  if (root.kind === 'problem') return unreadable(root.reason);
  if (root.name !== 'presence' || root.namespace !== PIDF) return unreadable(`${root.name} is no presence`);
  const tuples = children(root, 'tuple');
  // RFC 4479: activities are the person's; older documents (RFC 4480 permits it) have them in the tuple's status.
  const persons = root.children.filter((one) => one.name === 'person' && one.namespace === DATA_MODEL);
  const about = [...persons, ...tuples, ...tuples.flatMap((tuple) => children(tuple, 'status'))];
  const activities = about.flatMap((one) => one.children.filter(isActivities)).flatMap((one) => one.children);
  const named = activities.filter((one) => one.namespace === RPID && one.name !== 'unknown').map((one) => one.name);
  return plain({
    entity: root.attributes.get('entity') ?? '',
    basic: basicOf(tuples),
    activities: [...new Set(named)].slice(0, MAX_ACTIVITIES),
    note: noteOf([root, ...persons, ...tuples]),
  });
}

function isActivities(element: XmlElement): boolean {
  return element.name === 'activities' && element.namespace === RPID;
}

function basicOf(tuples: readonly XmlElement[]): Presence['basic'] {
  const said = tuples.map((tuple) => {
    const status = child(tuple, 'status');
    return status === undefined ? undefined : child(status, 'basic')?.text.toLowerCase();
  });
  if (said.includes('open')) return 'open';
  return said.includes('closed') ? 'closed' : null;
}

function noteOf(elements: readonly XmlElement[]): string | null {
  for (const element of elements) {
    const note = element.children.find((one) => one.name === 'note' && one.text !== '');
    if (note !== undefined) return note.text.slice(0, LONGEST_NOTE);
  }
  return null;
}

/** A document that tells of ourselves. `id` names this phone among others of the same address. */
export function writePidf(entity: string, id: string, presence: OwnPresence): string {
  const activities = (presence.activities ?? [])
    .filter((name) => /^[a-z-]+$/.test(name))
    .map((name) => `<rpid:${name}/>`)
    .join('');
  const note = presence.note === undefined ? '' : `<note>${escapeXml(presence.note)}</note>`;
  return (
    `${xmlDeclaration}<presence xmlns="${PIDF}" xmlns:dm="${DATA_MODEL}" xmlns:rpid="${RPID}" entity="${escapeXml(entity)}">` +
    `<tuple id="t${escapeXml(id)}"><status><basic>${presence.basic}</basic></status>${note}</tuple>` +
    `<dm:person id="p${escapeXml(id)}">${activities === '' ? '' : `<rpid:activities>${activities}</rpid:activities>`}</dm:person>` +
    '</presence>\n'
  );
}
