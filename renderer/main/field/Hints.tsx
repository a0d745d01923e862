// Hints: what the keys do just now, in place of the navigation while something is typed.
import type { ReactNode } from 'react';
import { Icon, keyCaps, platform, t, usePhone } from '../../common/index.ts';
import { useDialField } from './dial-field-context.tsx';
import './hints.css';

export function Hints(): ReactNode {
  const field = useDialField();
  const hasSeveralAccounts = usePhone((state) => state.accounts.filter(({ config }) => config.enabled).length > 1);
  const name =
    field.hit?.kind === 'person' ? field.hit.person.name : (field.hit?.record.name ?? field.hit?.record.number);
  const [mod] = platform() === 'darwin' ? ['⌘'] : ['Ctrl'];
  return (
    <div className="hints">
      {!field.isDialable && (
        <span>
          <kbd>↑</kbd>
          <kbd>↓</kbd> {t('main:move')}
        </span>
      )}
      {field.isDialable ? (
        <span>
          <EnterKey /> {t('call')}
        </span>
      ) : (
        name && (
          <span className="choose">
            <EnterKey /> <span className="cut">{t('main:chooseName', { name })}</span>
          </span>
        )
      )}
      {field.isDialable && hasSeveralAccounts && (
        <span className="choose">
          <span className="keys" dir="ltr">
            <kbd>{mod}</kbd>
            <EnterKey />
          </span>
          <span className="cut">{t('main:callFromAnother')}</span>
        </span>
      )}
      <span className="end-side">
        <kbd>{keyCaps('clear', platform()).join('')}</kbd> {t('clear')}
      </span>
    </div>
  );
}

export function EnterKey(): ReactNode {
  return (
    <kbd>
      <Icon name="corner-down-left" size={12} />
    </kbd>
  );
}
