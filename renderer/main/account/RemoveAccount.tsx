// RemoveAccount: deletes at once, and offers the way back.
import type { ReactNode } from 'react';
import type { AccountConfig } from '../../../contract/index.ts';
import { Button, run, showToast, t } from '../../common/index.ts';

export function RemoveAccount({ config, onRemoved }: { config: AccountConfig; onRemoved: () => void }): ReactNode {
  const { id: accountId, address } = config;
  const remove = async () => {
    const outcome = await run({ type: 'remove-account', accountId });
    if (!outcome.ok) return;
    onRemoved();
    showToast({
      kind: 'done',
      text: t('setup:account.removed', { address }),
      action: { label: t('undo'), run: () => void run({ type: 'restore-account', accountId }) },
    });
  };
  return (
    <Button className="remove" onClick={() => void remove()}>
      {t('setup:account.remove')}
    </Button>
  );
}
