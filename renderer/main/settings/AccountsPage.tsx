// AccountsPage: every account with its state; a click opens its form.
import type { ReactNode } from 'react';
import type { AccountState } from '../../../contract/index.ts';
import { Button, EmptyState, Icon, PresenceDot, t, usePhone } from '../../common/index.ts';
import { registrationWords } from '../title/account-words.ts';
import { SettingsPage } from './SettingsPage.tsx';

export interface AccountsPageProps {
  onBack: () => void;
  onOpenAccount: (accountId: string | null) => void;
}

export function AccountsPage({ onBack, onOpenAccount }: AccountsPageProps): ReactNode {
  const accounts = usePhone((state) => state.accounts);
  const practice = usePhone((state) => state.practice);
  const add = (
    <Button icon="plus" onClick={() => onOpenAccount(null)}>
      {t('setup:accounts.add')}
    </Button>
  );
  return (
    <SettingsPage title={t('setup:accounts.title')} onBack={onBack} beside={accounts.length > 0 && add}>
      {accounts.length === 0 ? (
        <EmptyState icon="user" title={t('setup:accounts.none')} text={t('setup:accounts.noneHint')} action={add} />
      ) : (
        <div className="lines">
          <div className="group">
            {accounts.map((account) => (
              <AccountLine
                key={account.config.id}
                account={account}
                isPractice={practice && account.config.id === 'practice'}
                onOpen={() => onOpenAccount(account.config.id)}
              />
            ))}
          </div>
        </div>
      )}
    </SettingsPage>
  );
}

interface AccountLineProps {
  account: AccountState;
  /** The practice exchange's own account is made anew with it, so there is nothing to change. */
  isPractice: boolean;
  onOpen: () => void;
}

function AccountLine({ account: { config, registration }, isPractice, onOpen }: AccountLineProps): ReactNode {
  const { word, dot } = registrationWords(registration);
  const words = (
    <>
      <span className="mark-place">
        <PresenceDot state={dot} />
      </span>
      <span className="words">
        {config.label}
        <span className="d cut">{isPractice ? t('setup:accounts.practiceHint') : <bdi>{config.address}</bdi>}</span>
      </span>
      <span className="v">{word}</span>
    </>
  );
  if (isPractice) return <div className="line">{words}</div>;
  return (
    <button type="button" className="line" onClick={onOpen}>
      {words}
      <Icon name="chevron-right" />
    </button>
  );
}
