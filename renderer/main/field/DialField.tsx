// DialField: the one place to type a name or a number. Shows what it would dial before anything is dialled.
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { Icon, IconButton, keyCaps, Keys, platform, t } from '../../common/index.ts';
import { DialPreviewLine } from './DialPreviewLine.tsx';
import { LineChip } from './LineChip.tsx';
import { useDialField, useDialRequests } from './dial-field-context.tsx';
import './dial-field.css';

/** Ids shared with the results, for screen readers. */
export const resultsId = 'search-results';
export const resultId = (index: number) => `search-result-${index}`;

export function DialField(): ReactNode {
  const field = useDialField();
  const { attach } = field;
  const [isLineOpen, setLineOpen] = useState(false);
  useDialRequests();
  const isNumber = field.isDialable && !field.text.includes('@');

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      const isMod = platform() === 'darwin' ? event.metaKey : event.ctrlKey;
      if (isMod) setLineOpen(true);
      else void field.enter();
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && field.isSearching) {
      event.preventDefault();
      field.move(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'ArrowDown') {
      const first = document.querySelector<HTMLElement>('[data-area="list"] [tabindex="0"]');
      if (first) event.preventDefault();
      first?.focus();
    }
  };

  return (
    <div className="dial-field" data-area="field" role="search">
      <div className="entry">
        <Icon name="search" />
        <input
          ref={attach}
          className={isNumber ? 'text num' : 'text'}
          type="text"
          role="combobox"
          aria-label={t('main:nameOrNumber')}
          aria-autocomplete="list"
          aria-haspopup="grid"
          aria-expanded={field.isSearching}
          aria-controls={field.isSearching ? resultsId : undefined}
          aria-activedescendant={field.selected >= 0 ? resultId(field.selected) : undefined}
          placeholder={t('main:nameOrNumber')}
          spellCheck={false}
          autoComplete="off"
          maxLength={256}
          value={field.text}
          onChange={(event) => field.setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        {field.isSearching ? (
          <LineChip isOpen={isLineOpen} onOpenChange={setLineOpen} />
        ) : (
          !field.padOpen && <Keys caps={keyCaps('palette', platform())} />
        )}
        <FieldButton />
      </div>
      <DialPreviewLine />
    </div>
  );
}

/** At the field's end: the dial pad while empty or open, Call for a number, else Clear. */
function FieldButton(): ReactNode {
  const field = useDialField();
  if (!field.isSearching || field.padOpen) {
    return (
      <IconButton
        label={t('main:dialPad')}
        icon="grip"
        on={field.padOpen}
        aria-pressed={field.padOpen}
        onClick={() => field.setPadOpen(!field.padOpen)}
      />
    );
  }
  if (field.isDialable && field.preview?.dialable) {
    const label = t('main:callTarget', { target: field.preview.shown });
    return <IconButton label={label} icon="phone" kind="call" onClick={() => void field.callTyped()} />;
  }
  return (
    <IconButton
      label={t('clear')}
      icon="x"
      onClick={() => {
        field.clear();
        field.focus();
      }}
    />
  );
}
