// Where it rings: any set of outputs; each is turned on and off by itself, and applies at once.
import type { ReactNode } from 'react';
import type { AudioDevice, DeviceChoice, Preferences } from '../../../contract/index.ts';
import { Icon, MenuButton, run, t, usePhone, type MenuEntry } from '../../common/index.ts';
import { choiceOf, deviceName, isChosen, realDevices } from '../calls/index.ts';
import { Line } from './Line.tsx';

/** All chosen outputs; before there could be several there was one. */
function outputsOf({ ringOn, ringer }: Pick<Preferences, 'ringOn' | 'ringer'>): readonly DeviceChoice[] {
  return ringOn ?? [ringer];
}

function choose(ringOn: DeviceChoice[]): void {
  void run({ type: 'set-preferences', preferences: { ringOn } });
}

function entriesOf(chosen: readonly DeviceChoice[], devices: readonly AudioDevice[]): MenuEntry[] {
  const toggle = (choice: DeviceChoice, is: (other: DeviceChoice) => boolean) =>
    chosen.some(is) ? choose(chosen.filter((other) => !is(other))) : choose([...chosen, choice]);
  const system = (choice: DeviceChoice) => choice === null;
  const gone = chosen.filter((choice) => choice !== null && !devices.some((one) => isChosen(choice, one, devices)));
  return [
    {
      id: 'system',
      label: t('setup:settings.systemDefault'),
      checked: chosen.some(system),
      onAction: () => toggle(null, system),
    },
    ...devices.map((device): MenuEntry => {
      const is = (choice: DeviceChoice) => isChosen(choice, device, devices);
      return {
        id: device.deviceId,
        label: deviceName(device.label),
        checked: chosen.some(is),
        onAction: () => toggle(choiceOf(device), is),
      };
    }),
    ...gone.map((choice): MenuEntry => ({
      id: `gone:${choice?.deviceId}`,
      label: deviceName(choice?.label ?? ''),
      note: t('setup:settings.notConnected'),
      checked: true,
      onAction: () => toggle(choice, (other) => other === choice),
    })),
  ];
}

function words(chosen: readonly DeviceChoice[]): string {
  const [first, ...others] = chosen.map((choice) =>
    choice === null ? t('setup:settings.systemDefault') : deviceName(choice.label),
  );
  if (first === undefined) return t('setup:settings.ringOnNone');
  return others.length === 0 ? first : t('setup:settings.ringOnSeveral', { first, count: others.length });
}

export function RingOnLine(): ReactNode {
  const devices = usePhone((state) => state.devices.speakers);
  const ringOn = usePhone((state) => state.preferences.ringOn);
  const ringer = usePhone((state) => state.preferences.ringer);
  const chosen = outputsOf({ ringer, ...(ringOn ? { ringOn } : {}) });
  const label = t('setup:settings.ringOn');
  return (
    <Line preference="ringOn" icon="bell" label={label} hint={t('setup:settings.ringOnHint')}>
      {() => (
        <MenuButton
          className="bare-select"
          label={`${label}: ${words(chosen)}`}
          menuLabel={label}
          placement="bottom end"
          parts={[{ entries: entriesOf(chosen, realDevices(devices)) }]}
        >
          <span className="grow cut">{words(chosen)}</span>
          <Icon name="chevron-down" size={12} />
        </MenuButton>
      )}
    </Line>
  );
}
