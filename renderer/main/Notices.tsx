// Notices: the most important thing to know now, one at a time.
import type { ReactNode } from 'react';
import type { Notice } from '../../contract/index.ts';
import { Banner, Button, IconButton, noticeWords, run, t, usePhone, type IconName } from '../common/index.ts';

export interface NoticesProps {
  onOpenAccounts: () => void;
  onOpenAudio: () => void;
}

/** What cannot be cured by looking away has no Close. */
const isStanding = (notice: Notice) => notice.id.startsWith('offline:');

export function Notices({ onOpenAccounts, onOpenAudio }: NoticesProps): ReactNode {
  const notice = usePhone((state) => state.notices[0]);
  const causeCode = usePhone(
    (state) =>
      state.accounts.map(({ registration }) => registration).find((registration) => registration.name === 'offline')
        ?.cause.code,
  );
  if (!notice) return null;
  const act = {
    'retry-registration': () => void run({ type: 'retry-registration' }),
    'open-accounts': onOpenAccounts,
    'open-audio-settings': onOpenAudio,
    'dismiss-notice': () => void run({ type: 'dismiss-notice', id: notice.id }),
  };
  const { action } = notice;
  const words = noticeWords(notice);
  const isNetwork = isStanding(notice) && causeCode !== 'password-not-accepted';
  const icon: { icon?: IconName } = isNetwork ? { icon: 'wifi-off' } : {};
  return (
    <Banner
      kind={notice.kind}
      {...icon}
      title={words.title}
      text={words.text}
      actions={
        action && (
          <Button small onClick={act[action.command]}>
            {words.action}
          </Button>
        )
      }
      after={
        !isStanding(notice) &&
        action?.command !== 'dismiss-notice' && (
          <IconButton label={t('close')} icon="x" size={14} onClick={act['dismiss-notice']} />
        )
      }
    />
  );
}
