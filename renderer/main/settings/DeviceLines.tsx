// Microphone, speaker, and where it rings: a device, or whatever the system's default is.
import type { ReactNode } from 'react';
import type { AudioDevice, DeviceChoice } from '../../../contract/index.ts';
import { run, Select, t, usePhone, type SelectOption } from '../../common/index.ts';
import { choiceOf, deviceName, isChosen, nameInUse, realDevices } from '../calls/index.ts';
import { Line } from './Line.tsx';

const system = 'system';
const gone = 'gone';

interface DeviceSelectProps {
  label: string;
  devices: readonly AudioDevice[];
  choice: DeviceChoice;
  onChoose: (choice: DeviceChoice) => void;
}

function DeviceSelect({ label, devices, choice, onChoose }: DeviceSelectProps): ReactNode {
  const real = realDevices(devices);
  const chosen = real.find((device) => isChosen(choice, device, real));
  const options: SelectOption<string>[] = [
    { value: system, label: t('setup:settings.systemDefault') },
    ...real.map((device) => ({ value: device.deviceId, label: deviceName(device.label) })),
  ];
  if (choice !== null && !chosen) {
    options.push({ value: gone, label: deviceName(choice.label), note: t('setup:settings.notConnected') });
  }
  return (
    <Select
      look="bare"
      label={label}
      value={choice === null ? system : (chosen?.deviceId ?? gone)}
      options={options}
      onChange={(value) => {
        const device = real.find(({ deviceId }) => deviceId === value);
        if (device) onChoose(choiceOf(device));
        else if (value === system) onChoose(null);
      }}
    />
  );
}

/** What is in use, where the choice does not say it already. */
function nowHint(devices: readonly AudioDevice[], choice: DeviceChoice, inUse: string | null): string | null {
  const device = nameInUse(devices, inUse);
  if (device === null || (choice !== null && deviceName(choice.label) === device)) return null;
  return t('setup:settings.now', { device });
}

/** `problem`: no microphone, permission refused, device gone, in words. */
export function MicrophoneLine({ problem }: { problem: string | null }): ReactNode {
  const devices = usePhone((state) => state.devices.microphones);
  const inUse = usePhone((state) => state.devices.microphoneInUse);
  const choice = usePhone((state) => state.preferences.microphone);
  const label = t('setup:settings.microphone');
  const hint = problem ?? nowHint(devices, choice, inUse);
  return (
    <Line preference="microphone" icon="mic" section="audio" label={label} hint={hint} isTrouble={problem !== null}>
      {() => (
        <DeviceSelect
          label={label}
          devices={devices}
          choice={choice}
          onChoose={(microphone) => void run({ type: 'set-preferences', preferences: { microphone } })}
        />
      )}
    </Line>
  );
}

export function SpeakerLine(): ReactNode {
  const devices = usePhone((state) => state.devices.speakers);
  const inUse = usePhone((state) => state.devices.speakerInUse);
  const choice = usePhone((state) => state.preferences.speaker);
  const label = t('setup:settings.speaker');
  return (
    <Line preference="speaker" icon="headset" label={label} hint={nowHint(devices, choice, inUse)}>
      {() => (
        <DeviceSelect
          label={label}
          devices={devices}
          choice={choice}
          onChoose={(speaker) => void run({ type: 'set-preferences', preferences: { speaker } })}
        />
      )}
    </Line>
  );
}
