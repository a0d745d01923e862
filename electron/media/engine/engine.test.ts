// The engine as a whole: what wakes it.
import { afterEach, expect, it, vi } from 'vitest';
import type { EngineEvent } from '../../../contract/index.ts';
import { Engine } from './engine.ts';

afterEach(() => vi.restoreAllMocks());

it('has no timer while there is no call', async () => {
  const timers = vi.spyOn(globalThis, 'setInterval');
  const stopped = vi.spyOn(globalThis, 'clearInterval');
  let tell: (event: EngineEvent) => void = () => {};
  const opened = new Promise<EngineEvent>((resolve) => (tell = resolve));
  const engine = new Engine((event) => {
    if (event.type === 'opened' || event.type === 'failed') tell(event);
  });
  const reports = () => timers.mock.calls.filter(([, every]) => every === 1_000).length;
  expect(reports()).toBe(0);
  engine.fromMain({ type: 'open', callId: 'a', localAddress: '127.0.0.1' });
  expect(await opened).toMatchObject({ type: 'opened' });
  expect(reports()).toBe(1);
  engine.fromMain({ type: 'close', callId: 'a' });
  await vi.waitFor(() => expect(stopped).toHaveBeenCalledWith(timers.mock.results[0]?.value));
});
