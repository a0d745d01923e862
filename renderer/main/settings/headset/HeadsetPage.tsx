// HeadsetPage: how the headset stands, when its buttons count, what goes with them; and its test.
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { Icon, IconButton, run, t, usePhone } from '../../../common/index.ts';
import { HeadsetTestView } from './HeadsetTestView.tsx';
import {
  BusylightLine,
  ButtonsLine,
  HeadsetAudioLine,
  HeadsetReportLine,
  HeadsetStateLine,
  MediaKeysLine,
} from './HeadsetLines.tsx';

export function HeadsetPage({ onBack }: { onBack: () => void }): ReactNode {
  const test = usePhone((state) => state.headsetTest);
  const isTesting = test !== null;
  const headingId = useId();
  useEndOfTest(isTesting);
  return (
    <section className="settings" aria-labelledby={headingId}>
      <div className="back-line">
        <IconButton
          label={t('back')}
          icon="chevron-left"
          size={20}
          key={isTesting ? 'test' : 'lines'}
          ref={focus}
          onClick={isTesting ? () => void run({ type: 'headset-test', action: 'stop' }) : onBack}
        />
        <h1 id={headingId} className="grow">
          {t(isTesting ? 'setup:headset.test.title' : 'setup:headset.title')}
        </h1>
        {test && <span className="chip">{test.product}</span>}
      </div>
      {test ? <HeadsetTestView test={test} /> : <Lines />}
    </section>
  );
}

/** Each of the two pages begins at its way back. */
function focus(back: HTMLButtonElement | null): void {
  back?.focus({ preventScroll: true });
}

/** A headset must not wait for presses on a page that nobody sees. */
function useEndOfTest(isTesting: boolean): void {
  const testing = useRef(isTesting);
  useEffect(() => {
    testing.current = isTesting;
  }, [isTesting]);
  useEffect(
    () => () => {
      if (testing.current) void run({ type: 'headset-test', action: 'stop' }, { quiet: true });
    },
    [],
  );
}

function Lines(): ReactNode {
  return (
    <div className="lines">
      <div className="group">
        <HeadsetStateLine />
        <ButtonsLine />
        <HeadsetAudioLine />
      </div>
      <h2 className="group-head">{t('setup:headset.testHead')}</h2>
      <div className="group">
        <button type="button" className="line" onClick={() => void run({ type: 'headset-test', action: 'start' })}>
          <Icon name="circle-dot" />
          <span className="words">
            {t('setup:headset.test.start')}
            <span className="d">{t('setup:headset.test.startHint')}</span>
          </span>
          <Icon name="chevron-right" />
        </button>
        <HeadsetReportLine />
      </div>
      <h2 className="group-head">{t('setup:headset.besideHead')}</h2>
      <div className="group">
        <MediaKeysLine />
        <BusylightLine />
      </div>
    </div>
  );
}
