// Accounts: the first one and its state, and the way to all of them.
import type { ReactNode } from 'react';
import { Icon, t, usePhone } from '../../common/index.ts';
import { registrationWords } from '../title/account-words.ts';

export function AccountsLine({ onOpen }: { onOpen: () => void }): ReactNode {
  const accounts = usePhone((state) => state.accounts);
  const [first, ...others] = accounts;
  const wordsOf = () => {
    if (!first) return t('setup:settings.noAccount');
    const { label, address } = first.config;
    const state = registrationWords(first.registration).word;
    if (others.length === 0) return t('setup:settings.accountLine', { address, state });
    return t('setup:settings.moreAccounts', { label, state, count: others.length });
  };
  return (
    <button type="button" className="line" onClick={onOpen}>
      <Icon name="user" />
      <span className="words">
        {t('setup:settings.accounts')}
        <span className="d cut">{wordsOf()}</span>
      </span>
      <Icon name="chevron-right" />
    </button>
  );
}
