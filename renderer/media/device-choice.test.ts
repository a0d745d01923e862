// Which device a choice means, as devices come and go.
import { describe, expect, it } from 'vitest';
import { readDevices, resolve, resolveAll } from './device-choice.ts';

function device(deviceId: string, label: string, groupId = `group of ${label}`): MediaDeviceInfo {
  const fields = { deviceId, label, groupId, kind: 'audioinput' as const };
  return { ...fields, toJSON: () => fields };
}

const desk = device('1', 'Desk microphone');
const headset = device('2', 'Headset');
const follower = (of: MediaDeviceInfo) => device('default', `Default - ${of.label}`, of.groupId);

const read = (...list: MediaDeviceInfo[]) => readDevices(list, 'audioinput');

describe('the list', () => {
  it('shows real devices only, and knows which the system uses', () => {
    const devices = read(follower(headset), device('communications', 'Communications - Headset'), desk, headset);
    expect(devices.real.map(({ deviceId }) => deviceId)).toEqual(['1', '2']);
    expect(devices.systemDefault?.deviceId).toBe('2');
  });

  it('is empty before permission, when the system names nothing', () => {
    expect(read(device('', '', ''))).toEqual({ real: [], systemDefault: null });
  });
});

describe('a choice', () => {
  it('is followed by id', () => {
    expect(resolve({ deviceId: '2', label: 'x' }, read(follower(desk), desk, headset))).toMatchObject({
      deviceId: '2',
      inEffect: '2',
      missing: false,
    });
  });

  it('is followed by label when ids were salted anew', () => {
    expect(resolve({ deviceId: 'old', label: 'Headset' }, read(desk, headset)).deviceId).toBe('2');
  });

  it('tells two of the same label apart by group', () => {
    const [left, right] = [device('8', 'USB', 'g1'), device('9', 'USB', 'g2')];
    expect(resolve({ deviceId: 'old', label: 'USB', groupId: 'g2' }, read(left, right)).deviceId).toBe('9');
  });

  it('gives way to the system’s while its device is away', () => {
    const choice = { deviceId: '2', label: 'Headset' };
    expect(resolve(choice, read(follower(desk), desk))).toMatchObject({ deviceId: null, inEffect: '1', missing: true });
  });
});

describe('no choice', () => {
  it('follows the system, and another device must be opened when the system changes its mind', () => {
    const before = resolve(null, read(follower(desk), desk, headset));
    const after = resolve(null, read(follower(headset), desk, headset));
    expect([before.deviceId, after.deviceId]).toEqual([null, null]);
    expect([before.inEffect, after.inEffect]).toEqual(['1', '2']);
    expect(after.signature).not.toBe(before.signature);
  });

  it('has nothing in effect without devices', () => {
    expect(resolve(null, read())).toMatchObject({ deviceId: null, inEffect: null, missing: false });
  });
});

describe('where it rings', () => {
  const all = read(follower(desk), desk, headset);
  const choose = ({ deviceId, label, groupId }: MediaDeviceInfo) => ({ deviceId, label, groupId });

  it('is every chosen output, the system’s among them', () => {
    expect(resolveAll([null, choose(headset)], all)).toEqual([null, '2']);
  });

  it('is each output once, also where the system’s is chosen by name as well', () => {
    expect(resolveAll([choose(desk), null], all)).toEqual(['1']);
  });

  it('leaves out what is away, but falls back to the system’s rather than not ring', () => {
    const away = { deviceId: '9', label: 'Monitor' };
    expect(resolveAll([away, choose(headset)], all)).toEqual(['2']);
    expect(resolveAll([away], all)).toEqual([null]);
  });

  it('is nowhere when nothing was chosen', () => {
    expect(resolveAll([], all)).toEqual([]);
  });
});
