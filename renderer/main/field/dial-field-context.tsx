// The field for all that stands around it. What changes with each key is kept apart, so that a key draws only what shows it.
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, type ReactNode } from 'react';
import type { PersonRow } from '../../../contract/index.ts';
import { phoneState, run, usePhone } from '../../common/index.ts';
import { useDialFieldState, type DialField } from './use-dial-field.ts';

/** What seldom changes while somebody types. */
export type FieldMode = Pick<
  DialField,
  | 'isSearching'
  | 'padOpen'
  | 'setPadOpen'
  | 'accountId'
  | 'setAccountId'
  | 'isAnonymous'
  | 'setAnonymous'
  | 'setText'
  | 'choose'
  | 'clear'
  | 'focus'
> & { isEmpty: boolean };

const FieldContext = createContext<DialField | null>(null);
const ModeContext = createContext<FieldMode | null>(null);

/** @param onTyped a function that stays the same from one render to the next */
export function DialFieldProvider({ onTyped, children }: { onTyped: () => void; children: ReactNode }): ReactNode {
  const field = useDialFieldState(onTyped);
  const { isSearching, padOpen, setPadOpen, accountId, setAccountId, isAnonymous, setAnonymous } = field;
  const { setText, choose, clear, focus } = field;
  const isEmpty = field.text === '';
  const what = useMemo(
    () => ({ isSearching, padOpen, setPadOpen, accountId, setAccountId, isAnonymous, setAnonymous, isEmpty }),
    [isSearching, padOpen, setPadOpen, accountId, setAccountId, isAnonymous, setAnonymous, isEmpty],
  );
  const mode = useMemo(() => ({ ...what, setText, choose, clear, focus }), [what, setText, choose, clear, focus]);
  return (
    <ModeContext value={mode}>
      <FieldContext value={field}>{children}</FieldContext>
    </ModeContext>
  );
}

/** All of the field: who uses it is drawn with each key. Only inside the main window. */
export function useDialField(): DialField {
  return existing(useContext(FieldContext));
}

/** What the field is about; only inside the main window. */
export function useFieldMode(): FieldMode {
  return existing(useContext(ModeContext));
}

/** The same; null outside of the main window. */
export function useFieldModeIfAny(): FieldMode | null {
  return useContext(ModeContext);
}

function existing<T>(context: T | null): T {
  if (context === null) throw new Error('The dial field is used outside of the main window.');
  return context;
}

/** A link filled the field: shown, and waited on. Taken while the field is in sight. */
export function useDialRequests(): void {
  const request = usePhone((state) => state.dialRequest);
  const takenId = useRef<number | null>(null);
  const { setText, focus } = useFieldMode();
  useEffect(() => {
    if (!request || takenId.current === request.id) return;
    takenId.current = request.id;
    setText(request.text);
    focus();
    void run({ type: 'dial-request-taken', id: request.id }, { quiet: true });
  }, [request, setText, focus]);
}

/**
 * Calls a number shown in a row or card; what goes wrong is said in a toast. `calledOn` is the account of the call that
 * is called back; one that was chosen in the field goes before it.
 */
export function useCallNumber(): (number: string, personId: string | undefined, calledOn?: string) => void {
  const { accountId } = useFieldMode();
  return useMemo(
    () => (number, personId, calledOn) => {
      const known = [accountId, calledOn].find((id) => phoneState().accounts.some(({ config }) => config.id === id));
      const ids = { ...(known ? { accountId: known } : {}), ...(personId ? { personId } : {}) };
      void run({ type: 'call', target: number, ...ids });
    },
    [accountId],
  );
}

/** Enter on a person: their number goes into the field; who has none is opened. The same function at each render. */
export function useChoosePerson(onOpen: (personId: string) => void): (person: PersonRow) => void {
  const { choose } = useFieldMode();
  return useCallback(
    (person) => {
      if (person.number) choose(person.number.value, person.id);
      else onOpen(person.id);
    },
    [choose, onOpen],
  );
}
