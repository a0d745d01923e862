// ShortcutsPage: keys in the window and in the whole system. A press gives an act its keys; a conflict says who has them.
import type { ReactNode } from 'react';
import {
  globalShortcutIds,
  shortcutIds,
  type GlobalShortcutId,
  type GlobalShortcutKeys,
  type ShortcutId,
  type ShortcutKeys,
} from '../../../contract/index.ts';
import { Icon, keysOf, platform, run, t, usePhone } from '../../common/index.ts';
import { KeyChooser } from './KeyChooser.tsx';
import { withKeys } from './shortcut-keys.ts';
import { SettingsPage } from './SettingsPage.tsx';

/** The way to it. */
export function ShortcutsLine({ onOpen }: { onOpen: () => void }): ReactNode {
  return (
    <button type="button" className="line" onClick={onOpen}>
      <Icon name="keyboard" />
      <span className="words">
        {t('setup:shortcuts.title')}
        <span className="d cut">{t('setup:shortcuts.lineHint')}</span>
      </span>
      <Icon name="chevron-right" />
    </button>
  );
}

export function ShortcutsPage({ onBack }: { onBack: () => void }): ReactNode {
  return (
    <SettingsPage title={t('setup:shortcuts.title')} onBack={onBack}>
      <div className="lines">
        <h2 className="group-head">{t('setup:shortcuts.inWindow')}</h2>
        <div className="group">
          {shortcutIds.map((id) => (
            <WindowKeys key={id} id={id} />
          ))}
        </div>
        <h2 className="group-head">{t('setup:shortcuts.everywhere')}</h2>
        <p className="group-note">{t('setup:shortcuts.everywhereHint')}</p>
        <div className="group">
          {globalShortcutIds.map((id) => (
            <GlobalKeys key={id} id={id} />
          ))}
        </div>
      </div>
    </SettingsPage>
  );
}

function WindowKeys({ id }: { id: ShortcutId }): ReactNode {
  const chosen = usePhone((state) => state.preferences.shortcuts ?? {});
  const keep = (shortcuts: ShortcutKeys) => void run({ type: 'set-preferences', preferences: { shortcuts } });
  const [keys = ''] = keysOf(id, platform(), chosen);
  return (
    <KeyChooser
      act={id}
      label={t(`setup:shortcuts.acts.${id}`)}
      keys={keys}
      onChoose={(next) => keep(withKeys(chosen, id, next))}
      reset={
        chosen[id] === undefined
          ? null
          : { label: t('setup:shortcuts.usual'), run: () => keep(withKeys(chosen, id, null)) }
      }
    />
  );
}

function GlobalKeys({ id }: { id: GlobalShortcutId }): ReactNode {
  const chosen = usePhone((state) => state.preferences.globalShortcuts ?? {});
  const isTaken = usePhone((state) => state.shortcutsTaken.includes(id));
  const keep = (globalShortcuts: GlobalShortcutKeys) =>
    void run({ type: 'set-preferences', preferences: { globalShortcuts } });
  const others = globalShortcutIds.filter((other) => other !== id);
  return (
    <KeyChooser
      act={null}
      label={t(`setup:shortcuts.acts.${id}`)}
      keys={chosen[id] ?? null}
      problem={isTaken ? t('setup:shortcuts.taken') : null}
      conflict={(next) => {
        const other = others.find((one) => chosen[one]?.toLowerCase() === next.toLowerCase());
        return other ? t('setup:shortcuts.has', { act: t(`setup:shortcuts.acts.${other}`) }) : null;
      }}
      onChoose={(next) => keep(withKeys(chosen, id, next))}
      reset={
        chosen[id] === undefined
          ? null
          : { label: t('setup:shortcuts.none'), run: () => keep(withKeys(chosen, id, null)) }
      }
    />
  );
}
