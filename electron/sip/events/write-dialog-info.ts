// dialog-info+xml (RFC 4235 4) of our own calls, for PUBLISH: always in full.
import type { DialogParty, WatchedDialog } from './types.ts';
import { escapeXml, xmlDeclaration } from './xml-writing.ts';

/** `version` must rise with each document of one publication. */
export function writeDialogInfo(entity: string, version: number, dialogs: readonly WatchedDialog[]): string {
  return (
    `${xmlDeclaration}<dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="${version}" state="full" ` +
    `entity="${escapeXml(entity)}">${dialogs.map(writeDialog).join('')}</dialog-info>\n`
  );
}

function writeDialog(dialog: WatchedDialog): string {
  const { id, callId, localTag, remoteTag, direction } = dialog;
  const attributes = { id, 'call-id': callId, 'local-tag': localTag, 'remote-tag': remoteTag, direction };
  const written = Object.entries(attributes)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${escapeXml(value)}"`))
    .join('');
  const parties = writeParty('local', dialog.local) + writeParty('remote', dialog.remote);
  return `<dialog${written}><state>${dialog.state}</state>${parties}</dialog>`;
}

function writeParty(name: 'local' | 'remote', party: DialogParty | undefined): string {
  if (party === undefined) return '';
  const display = party.display === undefined ? '' : ` display="${escapeXml(party.display)}"`;
  const identity = party.identity === undefined ? '' : `<identity${display}>${escapeXml(party.identity)}</identity>`;
  const target = party.target === undefined ? '' : `<target uri="${escapeXml(party.target)}"/>`;
  return `<${name}>${identity}${target}</${name}>`;
}
