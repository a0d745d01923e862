// The state of the one field: what is typed, what it finds, what it would dial, and what Enter does.
import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { CallRecord, DialPreview, PersonRow, Problem } from '../../../contract/index.ts';
import { ask, run, useQuery, problemText } from '../../common/index.ts';
import { isSameNumber } from './dial-words.ts';
import { mostPeople, useFound } from './use-found.ts';
import { useServerPeople, type ServerRows } from './use-server-people.ts';

export type Hit = { kind: 'person'; person: PersonRow } | { kind: 'call'; record: CallRecord };

export interface DialField {
  /** For the input's `ref`. */
  attach: (input: HTMLInputElement | null) => void;
  text: string;
  setText: (text: string) => void;
  isSearching: boolean;
  padOpen: boolean;
  setPadOpen: (open: boolean) => void;
  /** Which account the call goes out from; undefined: as the phone decides. */
  accountId: string | undefined;
  setAccountId: (accountId: string) => void;
  /** The next call does not show who calls. */
  isAnonymous: boolean;
  setAnonymous: (anonymous: boolean) => void;
  people: readonly PersonRow[];
  morePeople: number;
  calls: readonly CallRecord[];
  /** People on servers, after all others. */
  onServers: ServerRows;
  /** False while newer rows are on their way. */
  isCurrent: boolean;
  searchProblem: Problem | null;
  /** Index into people, then calls, then people on servers; -1: none. */
  selected: number;
  move: (by: number) => void;
  /** What "Dials ..." shows: the typed text's, or that of the chosen hit. */
  preview: DialPreview | undefined;
  /** Whether the typed text itself can be dialled. */
  isDialable: boolean;
  hit: Hit | undefined;
  /** Why the last call did not start, in words. */
  problem: string | null;
  /** As {@link callTyped}; a hit that was moved to is chosen first. */
  enter: () => Promise<void>;
  /** Puts the number of a row into the field; a second Enter calls it. */
  choose: (number: string, personId: string | undefined) => void;
  /** Calls what is typed; a name's first hit is chosen instead, and an empty field shows the number dialled last. */
  callTyped: () => Promise<void>;
  clear: () => void;
  focus: () => void;
}

export function useDialFieldState(onTyped: () => void): DialField {
  const input = useRef<HTMLInputElement | null>(null);
  const [text, setRawText] = useState('');
  const [padOpen, setPadOpen] = useState(false);
  const [accountId, setAccountId] = useState<string | undefined>(undefined);
  const [isAnonymous, setAnonymous] = useState(false);
  const [personId, setPersonId] = useState<string | undefined>(undefined);
  /** null: nobody moved the choice, so the first hit of a name is chosen. */
  const [moved, setMoved] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const latestText = useRef(text);
  useLayoutEffect(() => {
    latestText.current = text;
  });

  const typed = text.trim();
  const isSearching = typed !== '';
  const found = useFound(text, accountId, moved !== null);
  const { look } = found;
  const peopleRows = found.people.rows;
  const callRows = found.calls.rows;
  const onServers = useServerPeople(typed, peopleRows, found.isWhole);
  const isDialable = found.preview?.dialable === true;
  const count = peopleRows.length + callRows.length + onServers.rows.length;
  const automatic = isDialable ? (isSameNumber(peopleRows[0], found.preview) ? 0 : -1) : count > 0 ? 0 : -1;
  const selected = moved === null ? automatic : Math.min(moved, count - 1);
  const hit = isSearching ? hitAt(peopleRows, callRows, onServers.rows, selected) : undefined;
  const hitNumber = hit?.kind === 'person' ? hit.person.number?.value : hit?.record.number;
  const wantsHitPreview = hitNumber !== undefined && (!isDialable || moved !== null);
  const known = wantsHitPreview && found.ofFirst?.number === hitNumber ? found.ofFirst.preview : undefined;
  const hitPreview = useQuery(
    wantsHitPreview && !known ? { type: 'dial-preview', text: hitNumber, ...(accountId ? { accountId } : {}) } : null,
  );

  const setText = useCallback(
    (next: string) => {
      look(next);
      setRawText(next);
      setMoved(null);
      setPersonId(undefined);
      setProblem(null);
      onTyped();
    },
    [look, onTyped],
  );

  const clear = useCallback(() => {
    setRawText('');
    setMoved(null);
    setPersonId(undefined);
    setProblem(null);
    setAccountId(undefined);
    setAnonymous(false);
  }, []);

  const attach = useCallback((element: HTMLInputElement | null) => {
    input.current = element;
  }, []);
  const focus = useCallback(() => input.current?.focus(), []);

  const choose = useCallback(
    (number: string, owner: string | undefined) => {
      setText(number);
      setPersonId(owner);
      focus();
    },
    [setText, focus],
  );

  /** Dials what the text means now; asks anew, for the shown preview may be of an older text. */
  const dial = async (what: string): Promise<'called' | 'problem' | 'not-dialable'> => {
    const answer = await ask({ type: 'dial-preview', text: what, ...(accountId ? { accountId } : {}) });
    if (latestText.current !== what) return 'problem';
    if (!answer.ok) {
      setProblem(problemText(answer.problem));
      return 'problem';
    }
    if (!answer.value.dialable) return 'not-dialable';
    const ids = {
      ...(accountId ? { accountId } : {}),
      ...(personId ? { personId } : {}),
      ...(isAnonymous ? { anonymous: true } : {}),
    };
    const { target, shown } = answer.value;
    // What stands under the field is what is dialled, or nothing is.
    const outcome = await run({ type: 'call', target, shown, ...ids }, { quiet: true });
    if (!outcome.ok) {
      setProblem(problemText(outcome.problem));
      return 'problem';
    }
    clear();
    setPadOpen(false);
    return 'called';
  };

  const chooseHit = (chosen: Hit | undefined) => {
    if (chosen?.kind === 'person' && chosen.person.number) choose(chosen.person.number.value, chosen.person.id);
    if (chosen?.kind === 'call') choose(chosen.record.number, chosen.record.personId);
  };

  const callTyped = async () => {
    const what = text;
    if ((await dial(what)) !== 'not-dialable') return;
    // A name: its first hit is chosen, even when Enter comes before the rows do.
    const answer = found.isCurrent
      ? null
      : await ask({ type: 'people', text: what.trim(), offset: 0, limit: mostPeople });
    if (latestText.current !== what) return;
    const first = answer?.ok ? answer.value.rows[0] : peopleRows[0];
    chooseHit(first ? { kind: 'person', person: first } : hit);
  };

  const enter = async () => {
    if (!isSearching) return;
    if (moved !== null && hit) chooseHit(hit);
    else await callTyped();
  };

  /** An empty field: Call shows the number dialled last, as phones do, and waits. */
  const callOrRecall = async () => {
    if (isSearching) {
      await callTyped();
      return;
    }
    const answer = await ask({ type: 'history', filter: 'outgoing', offset: 0, limit: 1 });
    const last = answer.ok ? answer.value.rows[0] : undefined;
    if (last && latestText.current === text) choose(last.number, last.personId);
  };

  return {
    attach,
    text,
    setText,
    isSearching,
    padOpen,
    setPadOpen,
    accountId,
    setAccountId,
    isAnonymous,
    setAnonymous,
    people: peopleRows,
    morePeople: found.isWhole ? found.people.total - peopleRows.length : 0,
    calls: callRows,
    onServers,
    isCurrent: found.isCurrent,
    searchProblem: found.problem,
    selected: isSearching ? selected : -1,
    move: (by) => {
      if (count > 0) setMoved(Math.min(Math.max(selected + by, 0), count - 1));
    },
    preview: isSearching ? (wantsHitPreview ? (known ?? hitPreview.data) : found.preview) : undefined,
    isDialable,
    hit,
    problem,
    enter,
    choose,
    callTyped: callOrRecall,
    clear,
    focus,
  };
}

function hitAt(
  people: readonly PersonRow[],
  calls: readonly CallRecord[],
  onServers: readonly PersonRow[],
  index: number,
): Hit | undefined {
  const person = people[index] ?? onServers[index - people.length - calls.length];
  if (person) return { kind: 'person', person };
  const record = calls[index - people.length];
  return record ? { kind: 'call', record } : undefined;
}
