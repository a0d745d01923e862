// HID devices: seen by the media window on Windows, by nobody else and nowhere else. Camera and screen by choice.
import { expect, it } from 'vitest';
import { isDevicePermitted, isPermitted } from './permissions.ts';

it('lets the media window see HID devices on Windows', () => {
  expect(isDevicePermitted('app://media', 'hid', 'win32')).toBe(true);
  expect(isDevicePermitted('app://media/', 'hid', 'win32')).toBe(true);
});

it('lets no other origin, no other kind of device and no other system', () => {
  expect(isDevicePermitted('app://main', 'hid', 'win32')).toBe(false);
  expect(isDevicePermitted('https://media', 'hid', 'win32')).toBe(false);
  expect(isDevicePermitted('app://media', 'usb', 'win32')).toBe(false);
  expect(isDevicePermitted('app://media', 'hid', 'linux')).toBe(false);
  expect(isDevicePermitted('app://media', 'hid', 'darwin')).toBe(false);
});

it('asks nobody: a request for HID is refused', () => {
  expect(isPermitted('app://media', 'hid', [], true)).toBe(false);
});

it('gives camera and screen to the media window alone, and only while the person allows pictures', () => {
  const asked = [
    ['media', ['video']],
    ['media', ['audio', 'video']],
    ['display-capture', []],
  ] as const;
  for (const [permission, mediaTypes] of asked) {
    expect(isPermitted('app://media', permission, mediaTypes, true)).toBe(true);
    expect(isPermitted('app://media', permission, mediaTypes, false)).toBe(false);
    for (const origin of ['app://main', 'app://incoming', 'https://media', '']) {
      expect(isPermitted(origin, permission, mediaTypes, true)).toBe(false);
    }
  }
  expect(isPermitted('app://media', 'media', ['audio'], false)).toBe(true);
});
