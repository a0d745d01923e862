// ViewHeading: the first heading of a view that shows none, for screen readers: its name, as in the navigation.
import type { ReactNode } from 'react';
import { t } from '../common/index.ts';
import type { Page, View } from './use-views.ts';

/** Whether the page that is open has a heading of its own. */
export function hasHeading(page: Page | null): boolean {
  return page?.name === 'person-form' || page?.name === 'duplicates' || page?.name === 'call-record';
}

export function ViewHeading({ view }: { view: View }): ReactNode {
  const names: Record<View, string> = {
    contacts: t('main:contacts'),
    recents: t('main:recents'),
    messages: t('main:messages.title'),
    settings: t('main:settings'),
  };
  return <h1 className="visually-hidden">{names[view]}</h1>;
}
