// Ring volume, with a ring to try it. While the ringer is muted there is one thing to do: turn it on.
import { useEffect, useState, type ReactNode } from 'react';
import { Button, Icon, run, t, usePhone } from '../../common/index.ts';

/** Two rounds of the tone are enough to judge it, ms. */
const testLastsMs = 6_000;

export function RingVolumeLine(): ReactNode {
  const volume = usePhone((state) => state.preferences.ringVolume);
  const isMuted = usePhone((state) => state.preferences.ringerMuted);
  /** While it is dragged, and until the phone says the same. */
  const [dragged, setDragged] = useState<{ from: number; to: number } | null>(null);
  const shown = dragged?.from === volume ? dragged.to : volume;
  const save = () => {
    if (shown !== volume) void run({ type: 'set-preferences', preferences: { ringVolume: shown } });
  };
  return (
    <div className="line">
      <Icon name={isMuted ? 'bell-off' : 'bell'} />
      <span className="words">
        {t('setup:settings.ringVolume')}
        {isMuted ? (
          <span className="d">{t('setup:settings.ringMuted')}</span>
        ) : (
          <input
            type="range"
            className="volume"
            aria-label={t('setup:settings.ringVolume')}
            min={0}
            max={100}
            step={5}
            value={Math.round(shown * 100)}
            onChange={(event) => setDragged({ from: volume, to: Number(event.target.value) / 100 })}
            onPointerUp={save}
            onKeyUp={save}
            onBlur={save}
          />
        )}
      </span>
      {isMuted ? (
        <Button small onClick={() => void run({ type: 'set-preferences', preferences: { ringerMuted: false } })}>
          {t('setup:settings.unmuteRinger')}
        </Button>
      ) : (
        <TestRing />
      )}
    </div>
  );
}

function TestRing(): ReactNode {
  const [isRinging, setRinging] = useState(false);
  useEffect(() => {
    if (!isRinging) return undefined;
    void run({ type: 'test-ring', on: true });
    const timer = setTimeout(() => setRinging(false), testLastsMs);
    // Leaving settings ends it too.
    return () => {
      clearTimeout(timer);
      void run({ type: 'test-ring', on: false });
    };
  }, [isRinging]);
  return (
    <Button small icon={isRinging ? 'square' : 'play'} onClick={() => setRinging(!isRinging)}>
      {t(isRinging ? 'setup:settings.stopRing' : 'setup:settings.testRing')}
    </Button>
  );
}
