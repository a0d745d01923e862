// MendButton: what a line of the diagnosis offers to do; what it changes at once is checked again at once.
import { useEffect, useState, type ReactNode } from 'react';
import type { Command, Mend } from '../../../../contract/index.ts';
import { Button, phoneState, run, t } from '../../../common/index.ts';

const words = {
  'open-account': 'openAccount',
  'retry-registration': 'retry',
  'turn-off-do-not-disturb': 'disturbOff',
  'ring-here': 'ringHere',
  'unmute-ringer': 'unmute',
  'test-ring': 'testRing',
  'open-audio-settings': 'openAudio',
} as const satisfies Record<Mend, string>;

export interface MendButtonProps {
  mend: Mend;
  accountId: string | null;
  onOpenAccount: (accountId: string) => void;
  onOpenAudio: () => void;
}

export function MendButton({ mend, accountId, onOpenAccount, onOpenAudio }: MendButtonProps): ReactNode {
  if (mend === 'test-ring') return <TestRing />;
  const act = (): void => {
    if (mend === 'open-account') {
      if (accountId !== null) onOpenAccount(accountId);
    } else if (mend === 'open-audio-settings') onOpenAudio();
    else void mendNow(commandOf(mend, accountId));
  };
  return (
    <Button small onClick={act}>
      {t(`diagnostics:mend.${words[mend]}`)}
    </Button>
  );
}

async function mendNow(command: Command | null): Promise<void> {
  if (command === null) return;
  const outcome = await run(command);
  if (outcome.ok) await run({ type: 'diagnose' });
}

function commandOf(
  mend: Exclude<Mend, 'open-account' | 'open-audio-settings' | 'test-ring'>,
  accountId: string | null,
): Command | null {
  const { accounts, preferences } = phoneState();
  switch (mend) {
    case 'turn-off-do-not-disturb':
      return { type: 'do-not-disturb', minutes: 0 };
    case 'retry-registration':
      return { type: 'retry-registration', ...(accountId === null ? {} : { accountId }) };
    case 'unmute-ringer': {
      const ringVolume = preferences.ringVolume === 0 ? 0.8 : preferences.ringVolume;
      return { type: 'set-preferences', preferences: { ringerMuted: false, ringVolume } };
    }
    case 'ring-here': {
      const config = accounts.find((account) => account.config.id === accountId)?.config;
      return config ? { type: 'save-account', account: { ...config, ringHere: true } } : null;
    }
  }
}

function TestRing(): ReactNode {
  const [rings, setRings] = useState(false);
  // Who leaves the page does not leave it ringing.
  useEffect(() => {
    if (!rings) return undefined;
    void run({ type: 'test-ring', on: true });
    return () => void run({ type: 'test-ring', on: false }, { quiet: true });
  }, [rings]);
  return (
    <Button small onClick={() => setRings(!rings)}>
      {t(rings ? 'diagnostics:mend.stopRing' : 'diagnostics:mend.testRing')}
    </Button>
  );
}
