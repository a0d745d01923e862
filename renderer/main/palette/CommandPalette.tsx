// CommandPalette: people, actions and settings by a few letters. Enter on a name chooses it, in the field; Enter there calls.
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { PersonRow } from '../../../contract/index.ts';
import { Icon, Keys, ranked, shownNumber, t, usePhone, useQuery } from '../../common/index.ts';
import { useFieldMode } from '../field/dial-field-context.tsx';
import type { Views } from '../use-views.ts';
import { actions, settings, type PaletteItem } from './commands.ts';
import './palette.css';

export interface CommandPaletteProps {
  views: Views;
  onClose: () => void;
}

const listId = 'palette-list';
const itemId = (index: number) => `palette-item-${index}`;
/** Hits of each kind; more are found by typing on. */
const mostPeople = 5;
const mostOthers = 6;

interface Group {
  name: string;
  items: readonly PaletteItem[];
}

export function CommandPalette({ views, onClose }: CommandPaletteProps): ReactNode {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const dialog = useRef<HTMLDialogElement>(null);
  const groups = useGroups(text, views);
  const items = groups.flatMap((group) => group.items);
  const chosen = Math.min(at, items.length - 1);

  // A modal dialog of the page's own: what lies under it takes no keys, and the focus goes back where it was.
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  useEffect(() => {
    dialog.current?.querySelector(`#${itemId(chosen)}`)?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  const carryOut = (item: PaletteItem | undefined) => {
    if (!item) return;
    dialog.current?.close();
    onClose();
    item.run();
  };
  const closed = () => {
    if (!dialog.current?.open) onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 };
    const step = steps[event.key];
    // Not also a step back in the window under it.
    if (event.key === 'Escape') dialog.current?.close();
    else if (event.key === 'Enter') carryOut(items[chosen]);
    else if (step !== undefined && items.length > 0) setAt(Math.min(Math.max(chosen + step, 0), items.length - 1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <dialog
      ref={dialog}
      className="palette"
      aria-label={t('main:palette.title')}
      onClose={closed}
      onKeyDown={onKeyDown}
    >
      <div className="entry">
        <Icon name="search" />
        <input
          className="text"
          type="text"
          role="combobox"
          aria-label={t('main:palette.field')}
          aria-autocomplete="list"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={chosen >= 0 ? itemId(chosen) : undefined}
          placeholder={t('main:palette.field')}
          spellCheck={false}
          autoComplete="off"
          maxLength={256}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
        />
      </div>
      <div className="found" id={listId} role="listbox" aria-label={t('main:palette.title')}>
        {groups.map((group) => (
          <GroupOf key={group.name} group={group} all={items} chosen={chosen} onChoose={carryOut} />
        ))}
      </div>
      {items.length === 0 && (
        <p className="nothing" role="status">
          {t('main:palette.nothing')}
        </p>
      )}
    </dialog>
  );
}

interface GroupOfProps {
  group: Group;
  all: readonly PaletteItem[];
  chosen: number;
  onChoose: (item: PaletteItem) => void;
}

function GroupOf({ group, all, chosen, onChoose }: GroupOfProps): ReactNode {
  if (group.items.length === 0) return null;
  return (
    <div role="group" aria-label={group.name}>
      <div className="head" aria-hidden="true">
        {group.name}
      </div>
      {group.items.map((item) => {
        const index = all.indexOf(item);
        return (
          // The field keeps the focus: keys act there, and a click acts here.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
          <div
            key={item.id}
            id={itemId(index)}
            role="option"
            aria-selected={index === chosen}
            className={index === chosen ? 'item is-chosen' : 'item'}
            onClick={() => onChoose(item)}
          >
            <Icon name={item.icon} />
            <span className="grow">
              <span className="cut">{item.label}</span>
              {item.hint && <span className="hint cut">{item.hint}</span>}
            </span>
            {item.caps && <Keys caps={item.caps} />}
          </div>
        );
      })}
    </div>
  );
}

/** People first once something is typed; before, what can be done. */
function useGroups(text: string, views: Views): Group[] {
  const field = useFieldMode();
  const state = usePhone((whole) => whole);
  const typed = text.trim();
  const hasPeople = typed !== '' && state.accounts.length > 0;
  const people = useQuery(
    hasPeople ? { type: 'people', text: typed, offset: 0, limit: mostPeople } : null,
    state.directoryRevision,
  );
  const context = { state, views, field };
  const choose = ({ id, name, number }: PersonRow): PaletteItem => ({
    id: `person-${id}`,
    icon: 'user',
    label: name,
    hint: number ? shownNumber(number.value) : t('main:noNumber'),
    run: () => {
      views.show('contacts');
      if (number) field.choose(number.value, id);
      else views.open({ name: 'person', personId: id });
    },
  });
  const acts = ranked(actions(context), typed);
  return [
    { name: t('main:people'), items: hasPeople ? (people.data?.rows ?? []).map(choose) : [] },
    { name: t('main:palette.actions'), items: typed === '' ? acts : acts.slice(0, mostOthers) },
    { name: t('main:settings'), items: typed === '' ? [] : ranked(settings(context), typed).slice(0, mostOthers) },
  ];
}
