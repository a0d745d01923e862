// RemoveAccount: asks once, beside the button that was pressed.
import { useState, type ReactNode } from 'react';
import type { AccountConfig } from '../../../contract/index.ts';
import { Button, run, t } from '../../common/index.ts';

export function RemoveAccount({ config, onRemoved }: { config: AccountConfig; onRemoved: () => void }): ReactNode {
  const [isAsking, setAsking] = useState(false);
  const remove = async () => {
    const outcome = await run({ type: 'remove-account', accountId: config.id });
    if (outcome.ok) onRemoved();
  };
  if (!isAsking) {
    return (
      <Button className="remove" onClick={() => setAsking(true)}>
        {t('setup:account.remove')}
      </Button>
    );
  }
  return (
    <div className="remove-question" role="group" aria-label={t('setup:account.remove')}>
      <b>{t('setup:account.removeQuestion', { address: config.address })}</b>
      <p>{t('setup:account.removeHint')}</p>
      <div className="do">
        <Button kind="end" autoFocus onClick={() => void remove()}>
          {t('setup:account.removeYes')}
        </Button>
        <Button onClick={() => setAsking(false)}>{t('setup:account.removeNo')}</Button>
      </div>
    </div>
  );
}
