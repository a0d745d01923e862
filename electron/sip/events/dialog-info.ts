// dialog-info+xml (RFC 4235 4): what a watched number is doing, told in full or as changes with a version.
import { parseNumber } from '../wire/index.ts';
import { parseXml, type XmlElement } from '../xml/index.ts';
import { unreadable, versioned, type Reading, type Unreadable } from './reading.ts';
import type { DialogInfo, DialogParty, WatchedDialog } from './types.ts';
import { child, children, oneOf, optional } from './xml-reading.ts';

const NAMESPACE = 'urn:ietf:params:xml:ns:dialog-info';
const STATES = ['trying', 'proceeding', 'early', 'confirmed', 'terminated'] as const;
const DIRECTIONS = ['initiator', 'recipient'] as const;
/** A number with more dialogs than this is no telephone. */
const MAX_DIALOGS = 1000;

/** Reads the body of a dialog NOTIFY on top of what was known. */
export function readDialogInfo(body: Buffer, known: Reading<DialogInfo> | null): Reading<DialogInfo> | Unreadable {
  const root = parseXml(body);
  if (root.kind === 'problem') return unreadable(root.reason);
  if (root.name !== 'dialog-info' || root.namespace !== NAMESPACE) return unreadable(`${root.name} is no dialog-info`);
  const version = parseNumber(root.attributes.get('version') ?? '', 0xffff_ffff);
  if (version === null) return unreadable('dialog-info without a version');
  const told = children(root, 'dialog')
    .slice(0, MAX_DIALOGS)
    .map(readDialog)
    .filter((one) => one !== null);
  return versioned(known, version, root.attributes.get('state') !== 'partial', (before) => ({
    entity: root.attributes.get('entity') ?? before?.entity ?? '',
    dialogs: merge(before?.dialogs ?? [], told),
  }));
}

/** Changed dialogs keep their place, new ones come last, terminated ones go. */
function merge(before: readonly WatchedDialog[], told: readonly WatchedDialog[]): WatchedDialog[] {
  const dialogs = new Map([...before, ...told].map((dialog) => [dialog.id, dialog]));
  return [...dialogs.values()].filter((dialog) => dialog.state !== 'terminated').slice(-MAX_DIALOGS);
}

function readDialog(element: XmlElement): WatchedDialog | null {
  const id = element.attributes.get('id');
  const state = oneOf(child(element, 'state')?.text.toLowerCase(), STATES);
  if (id === undefined || state === undefined) return null;
  const { attributes } = element;
  return {
    id,
    state,
    ...optional('direction', oneOf(attributes.get('direction'), DIRECTIONS)),
    ...optional('callId', attributes.get('call-id')),
    ...optional('localTag', attributes.get('local-tag')),
    ...optional('remoteTag', attributes.get('remote-tag')),
    ...optional('local', readParty(child(element, 'local'))),
    ...optional('remote', readParty(child(element, 'remote'))),
  };
}

function readParty(element: XmlElement | undefined): DialogParty | undefined {
  if (element === undefined) return undefined;
  const identity = child(element, 'identity');
  return {
    ...optional('identity', identity?.text),
    ...optional('display', identity?.attributes.get('display')),
    ...optional('target', child(element, 'target')?.attributes.get('uri')),
  };
}
