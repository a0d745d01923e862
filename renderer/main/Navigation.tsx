// Navigation: below the window's content; from 960 px a rail at its side.
import type { ReactNode } from 'react';
import { Icon, keyText, onArrowKeys, platform, t, usePhone, type IconName } from '../common/index.ts';
import type { View } from './use-views.ts';
import './navigation.css';

const views: readonly { view: View; icon: IconName }[] = [
  { view: 'recents', icon: 'history' },
  { view: 'contacts', icon: 'book-user' },
  { view: 'settings', icon: 'settings' },
];

export interface NavigationProps {
  here: View;
  asRail: boolean;
  onShow: (view: View) => void;
}

export function Navigation({ here, asRail, onShow }: NavigationProps): ReactNode {
  const missed = usePhone((state) => state.missedCalls);
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
          {t(`main:${view}`)}
          {view === 'recents' && missed > 0 && (
            <span className="badge" role="img" aria-label={t('main:missedCount', { count: missed })}>
              {missed > 99 ? '99+' : missed}
            </span>
          )}
        </button>
      ))}
    </nav>
  );
}
