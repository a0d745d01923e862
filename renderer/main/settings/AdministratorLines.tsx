// Practice exchange, and what this is.
import { useState, type ReactNode } from 'react';
import { Button, Icon, run, t, usePhone } from '../../common/index.ts';
import { WithNumbers } from '../first-run/WithNumbers.tsx';
import { Line } from './Line.tsx';

export function PracticeLine(): ReactNode {
  const isOn = usePhone((state) => state.practice);
  const [isBusy, setBusy] = useState(false);
  const toggle = async () => {
    if (isBusy) return;
    setBusy(true);
    await run({ type: isOn ? 'stop-practice' : 'start-practice' });
    setBusy(false);
  };
  const word = t(isOn ? 'setup:settings.practiceStop' : 'setup:settings.practiceStart');
  return (
    <Line
      icon="flask-conical"
      label={t('setup:settings.practice')}
      hint={<WithNumbers text={t(isOn ? 'setup:settings.practiceOn' : 'setup:settings.practiceOff')} />}
    >
      {({ labelId }) => (
        <Button small aria-describedby={labelId} aria-busy={isBusy} onClick={() => void toggle()}>
          {word}
        </Button>
      )}
    </Line>
  );
}

export function About(): ReactNode {
  const { engine, version } = usePhone((state) => ({ engine: state.engine, version: state.version }));
  return (
    <div className="line">
      <Icon name="hookswitch" className="mark" />
      <span className="words">
        {t('setup:settings.about')}
        <span className="d selectable">{t('setup:settings.aboutLine', { engine, version })}</span>
      </span>
    </div>
  );
}
