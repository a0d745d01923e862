// Navigation: below the window's content; from 960 px a rail at its side.
import type { ReactNode } from 'react';
import { Icon, keyText, onArrowKeys, platform, run, t, usePhone, type IconName } from '../common/index.ts';
import type { View } from './use-views.ts';
import './navigation.css';

const views: readonly { view: View; icon: IconName }[] = [
  { view: 'recents', icon: 'history' },
  { view: 'contacts', icon: 'book-user' },
  { view: 'messages', icon: 'message-square' },
  { view: 'settings', icon: 'settings' },
];

export interface NavigationProps {
  here: View;
  asRail: boolean;
  onShow: (view: View) => void;
}

export function Navigation({ here, asRail, onShow }: NavigationProps): ReactNode {
  const missed = usePhone((state) => state.missedCalls);
  const unread = usePhone((state) => state.unreadMessages);
  return (
    <nav
      className={asRail ? 'rail' : 'nav'}
      aria-label={t('main:views')}
      data-area="navigation"
      onKeyDown={onArrowKeys}
    >
      {views.map(({ view, icon }) => (
        <button
          key={view}
          type="button"
          className={view === here ? 'here' : undefined}
          aria-current={view === here ? 'page' : undefined}
          tabIndex={view === here ? 0 : -1}
          title={view === 'settings' ? `${t('main:settings')} (${keyText('settings', platform())})` : undefined}
          onClick={() => onShow(view)}
        >
          <Icon name={icon} />
          {view === 'messages' ? t('main:messages.title') : t(`main:${view}`)}
          {view === 'messages' && unread > 0 && (
            <span className="badge" role="img" aria-label={t('main:messages.unread', { count: unread })}>
              {unread > 99 ? '99+' : unread}
            </span>
          )}
          {view === 'recents' && missed > 0 && (
            <span className="badge" role="img" aria-label={t('main:missedCount', { count: missed })}>
              {missed > 99 ? '99+' : missed}
            </span>
          )}
        </button>
      ))}
      <VoicemailButton />
    </nav>
  );
}

/** Calls the mailbox. Only where a server tells of one. */
function VoicemailButton(): ReactNode {
  const mailbox = usePhone((state) => state.voicemail.find(({ waiting }) => waiting) ?? state.voicemail[0] ?? null);
  if (!mailbox) return null;
  const { waiting, fresh, accountId } = mailbox;
  return (
    <button
      type="button"
      tabIndex={-1}
      title={t('main:callVoicemail')}
      onClick={() => void run({ type: 'call-voicemail', accountId })}
    >
      <Icon name="voicemail" />
      {t('main:voicemail')}
      {waiting && (
        <span className="badge" role="img" aria-label={t('main:newMessages', { count: fresh ?? 1 })}>
          {fresh === null ? '!' : fresh > 99 ? '99+' : fresh}
        </span>
      )}
    </button>
  );
}
