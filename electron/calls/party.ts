// The party of a call, from the SIP address alone.
import type { AccountConfig, Party } from '../../contract/index.ts';

/**
 * Who a SIP address is, before the directory was asked. Only our own company's users are shown (and looked up) by their
 * bare number: a stranger's 4410@elsewhere.example is not our 4410.
 */
export function partyOf(uri: string, displayName: string | undefined, account: AccountConfig | undefined): Party {
  const address = /^(?:sips?|tel):([^;?>]*)/i.exec(uri)?.[1] ?? uri;
  const at = address.lastIndexOf('@');
  const user = at < 0 ? '' : address.slice(0, at);
  const host = hostOf(address.slice(at + 1));
  const ours = [account?.address.split('@').at(-1), account?.server && hostOf(account.server)].includes(host);
  const isTel = /^tel:/i.test(uri);
  const number = isTel || at < 0 ? address : ours && /^[+\d*#().-]+$/.test(user) ? user : `${user}@${host}`;
  const name = displayName?.trim();
  return { number, uri, ...(name ? { name } : {}) };
}

/** Without port, scheme and path: `sip.example.com` of `wss://sip.example.com:443/ws`. */
function hostOf(server: string): string {
  return (/^(?:[a-z]+:\/\/)?(\[[^\]]+\]|[^:/]+)/i.exec(server)?.[1] ?? server).toLowerCase();
}
