// HeadsetTestView: asks for one lamp or button after the other, and says what arrived.
import type { ReactNode } from 'react';
import type { HeadsetTest, HeadsetTestStep } from '../../../../contract/index.ts';
import { Button, Icon, run, showToast, t } from '../../../common/index.ts';
import { HeadsetArt } from './HeadsetArt.tsx';
import './headset-test.css';

type Action = 'start' | 'yes' | 'no' | 'skip' | 'stop';

const act = (action: Action) => void run({ type: 'headset-test', action });

export function HeadsetTestView({ test }: { test: HeadsetTest }): ReactNode {
  const now = test.state === 'running' ? test.steps.find(({ result }) => result === 'now') : undefined;
  return (
    <>
      <div className="headset-test">
        <div className="stage-card">
          <HeadsetArt ask={now?.ask ?? null} />
          <div className="grow">{now ? <Asked step={now} /> : <Ended test={test} />}</div>
        </div>
        <ol className="steps">
          {test.steps.map((step, index) => (
            <Step key={nameOf(step)} step={step} number={index + 1} />
          ))}
        </ol>
      </div>
      <div className="form-foot">
        <span className="note">{t('setup:headset.test.callsReach')}</span>
        <Button onClick={() => void copy()}>{t('setup:headset.test.copy')}</Button>
        {test.state === 'running' ? (
          <Button onClick={() => act('stop')}>{t('setup:headset.test.stop')}</Button>
        ) : (
          <Button kind="primary" onClick={() => act('stop')}>
            {t('setup:headset.test.done')}
          </Button>
        )}
      </div>
    </>
  );
}

/** Said aloud as it changes. */
function Said({ title, text }: { title: string; text: string }): ReactNode {
  return (
    <div role="status">
      <b>{title}</b>
      <p>{text}</p>
    </div>
  );
}

function Asked({ step: { ask } }: { step: HeadsetTestStep }): ReactNode {
  if (ask.kind === 'lamp') {
    return (
      <>
        <Said title={t(`setup:headset.test.see.${ask.lamp}`)} text={t(`setup:headset.test.seeHint.${ask.lamp}`)} />
        <span className="acts">
          <Button small kind="primary" onClick={() => act('yes')}>
            {t('setup:headset.test.yes')}
          </Button>
          <Button small onClick={() => act('no')}>
            {t('setup:headset.test.no')}
          </Button>
        </span>
      </>
    );
  }
  return (
    <>
      <Said
        title={t(`setup:headset.test.press.${ask.button}`)}
        text={t(`setup:headset.test.pressHint.${ask.button}`)}
      />
      <span className="acts">
        <Button small kind="plain" onClick={() => act('skip')}>
          {t('setup:headset.test.hasNone')}
        </Button>
      </span>
    </>
  );
}

function Ended({ test }: { test: HeadsetTest }): ReactNode {
  const count = test.steps.filter(({ result }) => result === 'works').length;
  const words = { done: 'done', running: 'done', call: 'call', gone: 'gone' } as const;
  return (
    <>
      <Said
        title={t('setup:headset.test.works', { count, all: test.steps.length })}
        text={t(`setup:headset.test.ended.${words[test.state]}`)}
      />
      <span className="acts">
        <Button small icon="refresh-cw" onClick={() => act('start')}>
          {t('setup:headset.test.again')}
        </Button>
      </span>
    </>
  );
}

const marks = { works: 'check', silent: 'x', dark: 'x', skipped: 'minus' } as const;
const looks = { works: 'ok', silent: 'bad', dark: 'bad', now: 'now', skipped: '', waits: '' } as const;

/** The list is longer than a small window. */
function bringIntoView(step: HTMLLIElement | null): void {
  step?.scrollIntoView({ block: 'nearest' });
}

function Step({ step, number }: { step: HeadsetTestStep; number: number }): ReactNode {
  const { ask, result } = step;
  return (
    <li
      ref={result === 'now' ? bringIntoView : undefined}
      className={looks[result]}
      aria-current={result === 'now' ? 'step' : undefined}
    >
      <span className="s">
        {result === 'now' || result === 'waits' ? number : <Icon name={marks[result]} size={12} />}
      </span>
      {ask.kind === 'lamp' ? t(`setup:headset.test.lamp.${ask.lamp}`) : t(`setup:headset.test.button.${ask.button}`)}
      <span className="r cut">{resultWords(step)}</span>
    </li>
  );
}

/** `works: lifted`; what arrived stands beside each result, most of all where it was not what was asked for. */
function resultWords({ ask, result, arrived }: HeadsetTestStep): string {
  if (result === 'waits') return '';
  const asked = ask.kind === 'button' ? 'pressNow' : 'look';
  const words = t(`setup:headset.test.result.${result === 'now' ? asked : result}`);
  const signals = [...new Set(arrived)].map(signalWord).join(', ');
  return signals === '' ? words : t('setup:headset.test.arrived', { result: words, signals });
}

/** `hook 1`: the control by its usage, and where it stands. */
function signalWord(signal: string): string {
  switch (signal) {
    case 'hook 1':
      return t('setup:headset.test.signal.lifted');
    case 'hook 0':
      return t('setup:headset.test.signal.laidDown');
    case 'mute 1':
      return t('setup:headset.test.signal.mute');
    case 'flash 1':
      return t('setup:headset.test.signal.flash');
    case 'hold 1':
      return t('setup:headset.test.signal.hold');
    case 'reject 1':
      return t('setup:headset.test.signal.reject');
    case 'drop 1':
      return t('setup:headset.test.signal.drop');
    case 'redial 1':
      return t('setup:headset.test.signal.redial');
    default:
      return t('setup:headset.test.signal.other');
  }
}

function nameOf({ ask }: HeadsetTestStep): string {
  return ask.kind === 'lamp' ? `lamp ${ask.lamp}` : ask.button;
}

async function copy(): Promise<void> {
  const outcome = await run({ type: 'headset-test', action: 'copy' });
  if (outcome.ok) showToast({ kind: 'done', text: t('setup:headset.test.copied') });
}
