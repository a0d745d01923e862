// The room on virtual headsets with captured descriptors: a call answered, muted and ended by the buttons of each.
import { describe, expect, it } from 'vitest';
import { captured, capturedTitle, isSteerable, modelOf } from './virtual/captured.ts';
import { Room } from './virtual/room.ts';

const steerable = captured.filter(isSteerable);

describe.skipIf(captured.length === 0)(capturedTitle, () => {
  it('are of several vendors', () => {
    expect(steerable.length).toBeGreaterThanOrEqual(8);
  });

  it.each(steerable.map((entry) => [entry.product, modelOf(entry)] as const))(
    '%s answers, mutes and hangs up, and shows it',
    async (_product, model) => {
      const room = new Room();
      const headset = await room.plug(model);
      expect(room.state).toMatchObject({ name: 'ready', product: model.product });
      room.phone({ ringing: true });
      await room.pass(100);
      expect(headset.lamps()).toMatchObject({ ring: true, offHook: false });
      headset.press('hook');
      await room.pass(1_000);
      expect(headset.lamps()).toMatchObject({ ring: false, offHook: true });
      headset.press('mute');
      await room.pass(1_000);
      expect(headset.lamps()).toMatchObject({ mute: true });
      headset.press('hook');
      await room.pass(1_000);
      expect(headset.lamps()).toMatchObject({ ring: false, offHook: false, mute: false, hold: false });
      expect(room.heard()).toEqual(['answer', 'mute on', 'hang-up']);
      expect(room.state.name).toBe('ready');
    },
  );
});
