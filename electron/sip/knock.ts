// Does anybody listen at this UDP port? An empty line to it, which every SIP stack ignores; ICMP says when nobody does.
import { createSocket } from 'node:dgram';
import type { Clock } from '../../contract/index.ts';

/** How long ICMP may take, ms. */
const PATIENCE = 500;

/** Resolves to true when the system said that nobody listens there, or that no way leads there; false when it said nothing. */
export function isRefused(remote: { address: string; port: number }, clock: Clock): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket(remote.address.includes(':') ? 'udp6' : 'udp4');
    const finish = (refused: boolean): void => {
      cancel();
      socket.removeAllListeners('error').on('error', () => {});
      socket.close();
      resolve(refused);
    };
    const cancel = clock.after(PATIENCE, () => finish(false));
    socket.once('error', () => finish(true));
    // Node hands the error to this callback, which its types do not tell, and says nothing by `error` then.
    socket.connect(remote.port, remote.address, (...failed: unknown[]) => {
      if (failed.length > 0) return finish(true);
      socket.send('\r\n\r\n', (error) => {
        if (error) finish(true);
      });
    });
  });
}
