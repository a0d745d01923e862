// HearYourself: the microphone's level while one looks, and five seconds of it played back. Ends when settings are left.
import { useEffect, useRef, type ReactNode } from 'react';
import { Button, run, t, usePhone } from '../../common/index.ts';
import { Line } from './Line.tsx';

export function HearYourself(): ReactNode {
  const test = usePhone((state) => state.soundTest);
  const isOn = test.name !== 'off';
  const started = useRef(false);
  const start = (what: 'off' | 'level' | 'hear-yourself') => {
    started.current = what !== 'off';
    void run({ type: 'test-sound', test: what });
  };
  useEffect(
    () => () => {
      // No microphone stays open for a page that nobody sees.
      if (started.current) void run({ type: 'test-sound', test: 'off' });
    },
    [],
  );
  return (
    <>
      <Line icon="mic" label={t('setup:sound.hearYourself')} hint={<Hint />}>
        {() => (
          <span className="pair">
            {isOn && (
              <Button small icon="circle-dot" onClick={() => start('hear-yourself')}>
                {t('setup:sound.recordShort')}
              </Button>
            )}
            <Button small icon={isOn ? 'square' : 'play'} onClick={() => start(isOn ? 'off' : 'level')}>
              {t(isOn ? 'setup:sound.stopTest' : 'setup:sound.startTest')}
            </Button>
          </span>
        )}
      </Line>
      {isOn && <Level level={test.name === 'playing' ? 0 : test.level} />}
    </>
  );
}

function Hint(): ReactNode {
  const name = usePhone((state) => state.soundTest.name);
  if (name === 'recording') return <span role="status">{t('setup:sound.listening')}</span>;
  if (name === 'playing') return <span role="status">{t('setup:sound.playing')}</span>;
  return t('setup:sound.hearYourselfHint');
}

/** `level`: 0 to 1. */
function Level({ level }: { level: number }): ReactNode {
  const percent = Math.round(100 * level);
  return (
    <div className="line level-line">
      <meter className="microphone-level" aria-label={t('setup:sound.level')} min={0} max={100} value={percent}>
        {percent}
      </meter>
    </div>
  );
}
