// DeviceMenu: opens upward from the call's foot; a choice applies at once, in the call too.
import type { ReactNode } from 'react';
import type { AudioDevice, DeviceChoice, Preferences } from '../../../contract/index.ts';
import { Icon, MenuButton, run, t, usePhone, type MenuEntry, type MenuPart } from '../../common/index.ts';
import { choiceOf, deviceName, isChosen, nameInUse, realDevices } from './device-names.ts';

type Kind = 'microphone' | 'speaker';

function choose(kind: Kind, choice: DeviceChoice): void {
  const preferences: Partial<Preferences> = kind === 'microphone' ? { microphone: choice } : { speaker: choice };
  void run({ type: 'set-preferences', preferences });
}

/** The system's default with what it is just now, each device, and a chosen one that is gone. */
function part(kind: Kind, devices: readonly AudioDevice[], choice: DeviceChoice, inUse: string | null): MenuPart {
  const real = realDevices(devices);
  const entries: MenuEntry[] = real.map((device) => ({
    id: `${kind}:${device.deviceId}`,
    label: deviceName(device.label),
    checked: isChosen(choice, device, real),
    onAction: () => choose(kind, choiceOf(device)),
  }));
  const isGone = choice !== null && !entries.some(({ checked }) => checked);
  if (isGone) {
    entries.push({
      id: `${kind}:gone`,
      label: deviceName(choice.label),
      note: t('calls:device.gone'),
      checked: true,
      disabled: true,
      onAction: () => {},
    });
  }
  const now = choice === null || isGone ? nameInUse(devices, inUse) : null;
  entries.push({
    id: `${kind}:system`,
    label: t('calls:device.systemDefault'),
    ...(now === null ? {} : { below: t('calls:device.now', { device: now }) }),
    checked: choice === null,
    onAction: () => choose(kind, null),
  });
  return { label: t(`calls:device.${kind}`), entries };
}

export function DeviceMenu(): ReactNode {
  const devices = usePhone((state) => state.devices);
  const headset = usePhone((state) => state.headset.name);
  const microphone = usePhone((state) => state.preferences.microphone);
  const speaker = usePhone((state) => state.preferences.speaker);
  const name = nameInUse(devices.microphones, devices.microphoneInUse) ?? t('calls:device.noDevice');
  return (
    <MenuButton
      className="device"
      label={t('calls:device.button', { device: name })}
      menuLabel={t('calls:device.menu')}
      placement="top start"
      parts={[
        part('microphone', devices.microphones, microphone, devices.microphoneInUse),
        part('speaker', devices.speakers, speaker, devices.speakerInUse),
      ]}
    >
      <Icon name={headset === 'none' ? 'mic' : 'headset'} />
      <span className="grow cut">{name}</span>
      <Icon name="chevron-down" size={12} />
    </MenuButton>
  );
}
