// ForwardingLines: where calls go on to, who does it, and whether a second call waits.
import type { ReactNode } from 'react';
import { forwardPreference, usualForwardCodes, type ForwardKind, type Preferences } from '../../../contract/index.ts';
import { run, Select, Switch, t, usePhone } from '../../common/index.ts';
import { keep } from './keep.ts';
import { Line } from './Line.tsx';
import { PreferenceField } from './PreferenceField.tsx';

const kinds: readonly ForwardKind[] = ['always', 'busy', 'no-answer'];
const rings = [10, 15, 20, 25, 30, 45, 60] as const;

function targetOf(preferences: Preferences, kind: ForwardKind): string {
  const { forwardAlways, forwardBusy, forwardNoAnswer } = preferences;
  return { always: forwardAlways, busy: forwardBusy, 'no-answer': forwardNoAnswer }[kind] ?? '';
}

export function ForwardingLines(): ReactNode {
  const preferences = usePhone((state) => state.preferences);
  const byServer = preferences.forwardBy === 'server';
  return (
    <>
      <h2 className="group-head">{t('setup:forwarding.head')}</h2>
      <div className="group">
        {kinds.map((kind) => (
          <PreferenceField
            key={kind}
            preference={forwardPreference[kind]}
            label={t(`setup:forwarding.${kind}`)}
            hint={t(`setup:forwarding.${kind}Hint`)}
            placeholder={t('setup:forwarding.nowhere')}
            value={targetOf(preferences, kind)}
            onSave={(text) => void run({ type: 'forward', kind, target: text === '' ? null : text })}
          />
        ))}
        {!byServer && <RingsForLine seconds={preferences.forwardNoAnswerSeconds ?? 20} />}
        <Line
          preference="forwardBy"
          icon="arrow-up-down"
          label={t('setup:forwarding.by')}
          hint={t('setup:forwarding.byHint')}
        >
          {() => (
            <Select
              look="bare"
              label={t('setup:forwarding.by')}
              value={preferences.forwardBy ?? 'phone'}
              options={[
                { value: 'phone', label: t('setup:forwarding.byPhone') },
                { value: 'server', label: t('setup:forwarding.byServer') },
              ]}
              onChange={(forwardBy) => keep({ forwardBy })}
            />
          )}
        </Line>
        {byServer && <CodeFields preferences={preferences} />}
        <CallWaitingLine on={preferences.callWaiting ?? true} />
      </div>
    </>
  );
}

function RingsForLine({ seconds }: { seconds: number }): ReactNode {
  const label = t('setup:forwarding.after');
  const choices = [...new Set([...rings, seconds])].sort((a, b) => a - b);
  return (
    <Line preference="forwardNoAnswerSeconds" icon="bell" label={label}>
      {() => (
        <Select
          look="bare"
          label={label}
          value={String(seconds)}
          options={choices.map((value) => ({
            value: String(value),
            label: t('setup:forwarding.seconds', { count: value }),
          }))}
          onChange={(value) => keep({ forwardNoAnswerSeconds: Number(value) })}
        />
      )}
    </Line>
  );
}

/** The codes of the server, two for each kind. */
function CodeFields({ preferences }: { preferences: Preferences }): ReactNode {
  const codes = preferences.forwardCodes ?? usualForwardCodes;
  return kinds.flatMap((kind) =>
    (['on', 'off'] as const).map((way) => (
      <PreferenceField
        key={`${kind} ${way}`}
        preference="forwardCodes"
        label={t(`setup:forwarding.code.${way}`, { what: t(`setup:forwarding.${kind}`) })}
        hint={t(`setup:forwarding.code.${way}Hint`)}
        value={codes[kind][way]}
        check={(text) => (/^[0-9*#{}a-z]{1,64}$/.test(text) ? null : t('setup:forwarding.code.wrong'))}
        onSave={(text) => keep({ forwardCodes: { ...codes, [kind]: { ...codes[kind], [way]: text } } })}
      />
    )),
  );
}

function CallWaitingLine({ on }: { on: boolean }): ReactNode {
  return (
    <Line
      preference="callWaiting"
      icon="phone-incoming"
      label={t('setup:forwarding.waiting')}
      hint={t('setup:forwarding.waitingHint')}
    >
      {({ labelId, hintId }) => (
        <Switch
          on={on}
          labelledBy={labelId}
          {...(hintId === undefined ? {} : { describedBy: hintId })}
          onChange={(callWaiting) => keep({ callWaiting })}
        />
      )}
    </Line>
  );
}
