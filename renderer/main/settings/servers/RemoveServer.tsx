// RemoveServer: asks once, beside the button that was pressed.
import { useState, type ReactNode } from 'react';
import type { DirectoryServer } from '../../../../contract/index.ts';
import { Button, run, t } from '../../../common/index.ts';

export function RemoveServer({ config, onRemoved }: { config: DirectoryServer; onRemoved: () => void }): ReactNode {
  const [isAsking, setAsking] = useState(false);
  const remove = async () => {
    const outcome = await run({ type: 'remove-server', serverId: config.id });
    if (outcome.ok) onRemoved();
  };
  if (!isAsking) {
    return (
      <Button className="remove" onClick={() => setAsking(true)}>
        {t('setup:server.remove')}
      </Button>
    );
  }
  return (
    <div className="remove-question" role="group" aria-label={t('setup:server.remove')}>
      <b>{t('setup:server.removeQuestion', { name: config.name })}</b>
      <p>{t('setup:server.removeHint')}</p>
      <div className="do">
        <Button kind="end" autoFocus onClick={() => void remove()}>
          {t('setup:server.removeYes')}
        </Button>
        <Button onClick={() => setAsking(false)}>{t('setup:server.removeNo')}</Button>
      </div>
    </div>
  );
}
