// FilteredPage: a page with a list that grows: a filter over it, a switch that follows its end, and Esc, which goes back by one.
import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Switch, t } from '../../common/index.ts';
import { FilterField } from './FilterField.tsx';
import { SettingsPage } from './SettingsPage.tsx';

export interface Filter {
  text: string;
  setText: (text: string) => void;
  /** The end is kept in sight while the list grows. */
  follows: boolean;
  setFollows: (follows: boolean) => void;
}

export function useFilter(): Filter {
  const [text, setText] = useState('');
  const [follows, setFollows] = useState(true);
  return { text, setText, follows, setFollows };
}

export interface FilteredPageProps {
  title: string;
  className: string;
  filter: Filter;
  filterLabel: string;
  filterPlaceholder: string;
  /** Over the filter. */
  above?: ReactNode;
  /** Esc closes what is open in the page, before it leaves it; false: nothing is. */
  closeInside?: () => boolean;
  onBack: () => void;
  children: ReactNode;
}

export function FilteredPage(props: FilteredPageProps): ReactNode {
  const { title, className, filter, filterLabel, filterPlaceholder, above, closeInside, onBack, children } = props;
  const { text, setText, follows, setFollows } = filter;
  const followId = useId();
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    if (text !== '' && event.target instanceof HTMLInputElement) setText('');
    else if (!closeInside?.()) onBack();
  };
  return (
    <SettingsPage
      title={title}
      onBack={onBack}
      className={className}
      onKeyDown={onKeyDown}
      beside={
        <>
          <span id={followId} className="follow-word">
            {t('setup:trace.follow')}
          </span>
          <Switch on={follows} onChange={setFollows} labelledBy={followId} />
        </>
      }
    >
      {above}
      <FilterField label={filterLabel} placeholder={filterPlaceholder} text={text} onChange={setText} />
      {children}
    </SettingsPage>
  );
}
