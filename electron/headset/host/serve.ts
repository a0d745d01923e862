// The headset host's loop: requests in, replies and reports out. Survives garbage; nothing it is sent may end it.
import * as v from 'valibot';
import { headsetHostRequestSchema, type HeadsetHostMessage, type HeadsetHostRequest } from '../../../contract/index.ts';
import { LibraryError, type HidLibrary, type OpenHid } from './library.ts';

/** The other end: the main process. */
export interface HostPort {
  postMessage(message: HeadsetHostMessage): void;
  onMessage(listener: (message: unknown) => void): void;
}

type Result = Extract<HeadsetHostMessage, { type: 'reply' }>['result'];

/** Serves `library` on `port` until the process ends. */
export function serve(port: HostPort, library: HidLibrary): void {
  const open = new Map<number, OpenHid>();

  const answer = async (request: HeadsetHostRequest): Promise<Result> => {
    switch (request.type) {
      case 'devices':
        return { kind: 'devices', devices: await library.devices() };
      case 'descriptor':
        return { kind: 'descriptor', descriptor: await library.descriptor(request.path) };
      case 'open': {
        const handle = request.id;
        let gone = false;
        const device = await library.open(request.path, {
          report: (report) => port.postMessage({ type: 'report', handle, report }),
          gone: (reason) => {
            gone = true;
            open.delete(handle);
            port.postMessage({ type: 'gone', handle, reason });
          },
        });
        if (gone) throw new Error('The device went away while it was opened.');
        open.set(handle, device);
        return { kind: 'done' };
      }
      case 'write': {
        const device = open.get(request.handle);
        if (!device) throw new Error('The device is not open.');
        await device.write(request.report);
        return { kind: 'done' };
      }
      case 'close': {
        const device = open.get(request.handle);
        open.delete(request.handle);
        await device?.close();
        return { kind: 'done' };
      }
    }
  };

  port.onMessage((message) => {
    const parsed = v.safeParse(headsetHostRequestSchema, message);
    if (!parsed.success) return;
    const request = parsed.output;
    answer(request)
      .catch((error: unknown): Result => ({ kind: 'error', ...reasonOf(error) }))
      .then((result) => port.postMessage({ type: 'reply', id: request.id, result }))
      .catch(() => {}); // The main process is gone, and with it whoever waits.
  });
  library.watch(() => port.postMessage({ type: 'changed' }));
}

function reasonOf(error: unknown): { code: 'library-missing' | 'not-permitted' | 'failed'; message: string } {
  if (error instanceof LibraryError) return { code: error.code, message: error.message };
  // node-hid throws strings too.
  return { code: 'failed', message: error instanceof Error ? error.message : String(error) };
}
