// PUBLISH (RFC 3903) by something that is no phone: a mailbox, a busy colleague. Kamailio takes it from `voicemail` without a password.
import { createSocket } from 'node:dgram';
import type { Kamailio } from './kamailio.ts';

/** Tells of this user. Resolves to the status. */
export async function publish(
  server: Kamailio,
  user: string,
  event: string,
  type: string,
  body: string,
): Promise<number> {
  return (await send(server, user, { event, type, body })).status;
}

interface Told {
  event: string;
  type: string;
  body: string;
  /** Of what this takes the place of. */
  etag?: string | undefined;
}

async function send(
  server: Kamailio,
  user: string,
  { event, type, body, etag }: Told,
): Promise<{ status: number; etag: string | undefined }> {
  const socket = createSocket('udp4');
  try {
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    const { port } = socket.address();
    const uri = `sip:${user}@${server.domain}`;
    const answer = new Promise<string>((resolve, reject) => {
      socket.once('message', (bytes) => resolve(bytes.toString()));
      setTimeout(() => reject(new Error('PUBLISH was not answered.')), 5000).unref();
    });
    const lines = [
      `PUBLISH ${uri} SIP/2.0`,
      `Via: SIP/2.0/UDP 127.0.0.1:${port};rport;branch=z9hG4bK${port}${event}`,
      `From: <sip:voicemail@${server.domain}>;tag=box`,
      `To: <${uri}>`,
      `Call-ID: publish-${port}-${event}`,
      'CSeq: 1 PUBLISH',
      'Max-Forwards: 70',
      `Event: ${event}`,
      'Expires: 600',
      ...(etag === undefined ? [] : [`SIP-If-Match: ${etag}`]),
      `Content-Type: ${type}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ];
    socket.send(lines.join('\r\n'), server.ports.sip, server.address);
    const text = await answer;
    return {
      status: Number(/^SIP\/2\.0 (\d+)/.exec(text)?.[1]),
      etag: /^SIP-ETag:\s*(\S+)/im.exec(text)?.[1],
    };
  } finally {
    socket.close();
  }
}

/** What each user was told of last. */
const etags = new Map<string, string | undefined>();

/** RFC 4235: one dialog of this user, in this state, in place of what was told before. */
export async function publishDialog(
  server: Kamailio,
  user: string,
  dialog: { state: string; attributes?: string; remote?: string },
): Promise<void> {
  const { state, attributes = '', remote } = dialog;
  const entity = `sip:${user}@${server.domain}`;
  const target = remote === undefined ? '' : `<remote><identity>${remote}</identity><target uri="${remote}"/></remote>`;
  const body =
    '<?xml version="1.0"?>' +
    `<dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="1" state="full" entity="${entity}">` +
    `<dialog id="d1" ${attributes}><state>${state}</state>${target}</dialog></dialog-info>`;
  const { status, etag } = await send(server, user, {
    event: 'dialog',
    type: 'application/dialog-info+xml',
    body,
    etag: etags.get(`${server.folder} ${user}`),
  });
  if (status !== 200) throw new Error(`PUBLISH was answered with ${status}.`);
  etags.set(`${server.folder} ${user}`, etag);
}
