// A phone without a phone: the bridge over a state in memory, for the dev page and tests of the windows. Not in the product.
import {
  chooseLanguage,
  type Bridge,
  type Call,
  type CallRecord,
  type Command,
  type CommandResult,
  type LogRow,
  type Outcome,
  type PastImport,
  type Person,
  type PhoneState,
  type Query,
  type QueryResults,
  type ShowableSource,
  type TextMessage,
} from '../../contract/index.ts';
import { afterHeadsetCommand } from './fake-headset-test.ts';
import { fakeHistory, fakeHistoryPage, fakePeople, lastName, matches, plain, rowOf } from './fake-people.ts';
import { fakeDuplicates, fakeImportPage, fakePastImports, importAfter, isImportCommand } from './fake-import.ts';
import { fakeBundle, fakeLog } from './fake-log.ts';
import { fakeSeries } from './fake-quality.ts';
import { fakeCall, fakeServer, firstState, workAccount } from './fake-state.ts';
import { fakeConversations, fakeMessages } from './fake-texts.ts';
import { fakeTrace, traceRow, type FakeMessage } from './fake-trace.ts';

export interface FakePhone {
  bridge: Bridge;
  /** Changes the state and tells the window; the revision grows by itself. */
  set: (change: Partial<PhoneState> | ((state: PhoneState) => Partial<PhoneState>)) => void;
  /** As menu and tray do. */
  show: (view: string) => void;
  state: () => PhoneState;
  people: Person[];
  history: CallRecord[];
  pastImports: PastImport[];
  /** People on servers that are asked live. */
  serverPeople: Person[];
  /** Ids of who is no duplicate. */
  apart: string[];
  /** SIP messages, the oldest first. */
  trace: FakeMessage[];
  /** Text messages, the newest first. */
  texts: TextMessage[];
  /** Lines of the log, the oldest first. */
  log: LogRow[];
  /** What can be shown in a call. */
  screens: ShowableSource[];
  /** Every command the window sent, in order. */
  commands: Command[];
  /** Makes the next command fail with this sentence. */
  failNext: (message: string) => void;
}

export interface FakeOptions {
  platform?: string;
  people?: number;
  now?: number;
  state?: Partial<PhoneState>;
}

export function fakePhone(options: FakeOptions = {}): FakePhone {
  const now = options.now ?? Date.now();
  let state: PhoneState = { ...firstState(), ...options.state };
  let nextFailure: string | null = null;
  const stateListeners = new Set<(state: PhoneState) => void>();
  const showListeners = new Set<(view: string) => void>();
  const removed = new Map<string, Person>();
  const phone: FakePhone = {
    bridge: {
      platform: options.platform ?? 'darwin',
      phone: {
        command: (command) => Promise.resolve(take(command)),
        query: (query) => Promise.resolve({ ok: true, value: structuredClone(answer(query)) }),
        onState(listener) {
          stateListeners.add(listener);
          listener(structuredClone(state));
          return () => stateListeners.delete(listener);
        },
        onShow(listener) {
          showListeners.add(listener);
          return () => showListeners.delete(listener);
        },
      },
    },
    set(change) {
      state = { ...state, ...(typeof change === 'function' ? change(state) : change), revision: state.revision + 1 };
      for (const listener of stateListeners) listener(structuredClone(state));
    },
    show(view) {
      for (const listener of showListeners) listener(view);
    },
    state: () => state,
    people: fakePeople(options.people),
    history: [],
    pastImports: fakePastImports(now),
    serverPeople: [],
    apart: [],
    trace: fakeTrace(now),
    texts: [],
    log: fakeLog(now),
    screens: [],
    commands: [],
    failNext(message) {
      nextFailure = message;
    },
  };
  phone.history = fakeHistory(phone.people, now);

  function take(command: Command): Outcome<CommandResult> {
    phone.commands.push(command);
    if (nextFailure !== null) {
      const message = nextFailure;
      nextFailure = null;
      return { ok: false, problem: { code: 'fake', message } };
    }
    return { ok: true, value: carryOut(command) };
  }

  function changeCall(id: string, change: (call: Call) => Call): void {
    phone.set({ calls: state.calls.map((call) => (call.id === id ? change(call) : call)) });
  }

  function carryOut(command: Command): CommandResult {
    const directoryChanged = () => phone.set({ directoryRevision: state.directoryRevision + 1 });
    switch (command.type) {
      case 'call': {
        const id = `call-${phone.commands.length}`;
        const person = phone.people.find((candidate) => candidate.id === command.personId);
        const party = {
          ...(person ? { name: person.name } : {}),
          number: command.target,
          uri: `sip:${command.target}@example.com`,
        };
        const call = fakeCall({
          id,
          party,
          phase: { name: 'calling' },
          startedAt: Date.now(),
          encrypted: null,
          codec: null,
        });
        phone.set({ calls: [...state.calls, call], activeCallId: id });
        return { id };
      }
      case 'hang-up':
      case 'decline':
        phone.set({ calls: state.calls.filter((call) => call.id !== command.callId), activeCallId: null });
        return {};
      case 'answer':
        changeCall(command.callId, (call) => fakeCall({ ...call, phase: fakeCall({}).phase }));
        return {};
      case 'mute':
        changeCall(command.callId, (call) => ({ ...call, muted: command.on }));
        return {};
      case 'hold':
        changeCall(command.callId, (call) =>
          call.phase.name === 'connected'
            ? { ...call, phase: { ...call.phase, hold: { ...call.phase.hold, byUs: command.on } } }
            : call,
        );
        return {};
      case 'send-digit':
        changeCall(command.callId, (call) => ({ ...call, sentDigits: call.sentDigits + command.digit }));
        return {};
      case 'record':
        changeCall(command.callId, (call) => ({ ...call, recordingSince: command.on ? Date.now() : null }));
        return {};
      case 'join':
        phone.set({ calls: state.calls.map((call) => (command.callIds.includes(call.id) ? joined(call) : call)) });
        return {};
      case 'split':
        changeCall(command.callId, (call) => ({ ...call, joined: false }));
        return {};
      case 'test-sound':
        phone.set({ soundTest: command.test === 'off' ? { name: 'off' } : { name: 'level', level: 0.4 } });
        return {};
      case 'make-active':
        phone.set({ activeCallId: command.callId });
        return {};
      case 'set-preferences':
        phone.set({
          preferences: { ...state.preferences, ...command.preferences },
          ...chooseLanguage(command.preferences.language ?? state.preferences.language ?? 'system', ['en-GB']),
        });
        return {};
      case 'do-not-disturb':
        phone.set({
          doNotDisturbUntil:
            command.minutes === 0
              ? null
              : typeof command.minutes === 'number' && command.minutes > 0
                ? now + command.minutes * 60_000
                : -1,
        });
        return {};
      case 'save-person': {
        const known = phone.people.find((person) => person.id === command.person.id);
        const id = known?.id ?? `person-new-${phone.commands.length}`;
        const person: Person = { favourite: known?.favourite ?? false, source: 'local', ...command.person, id };
        phone.people = [...phone.people.filter((other) => other.id !== id), person];
        directoryChanged();
        return { id };
      }
      case 'remove-person': {
        const person = phone.people.find((candidate) => candidate.id === command.personId);
        if (person) removed.set(person.id, person);
        phone.people = phone.people.filter((candidate) => candidate.id !== command.personId);
        directoryChanged();
        return {};
      }
      case 'restore-person': {
        const person = removed.get(command.personId);
        if (person) phone.people = [...phone.people, person];
        directoryChanged();
        return {};
      }
      case 'set-favourite':
        phone.people = phone.people.map((person) =>
          person.id === command.personId ? { ...person, favourite: command.favourite } : person,
        );
        directoryChanged();
        return {};
      case 'mark-history-seen':
        phone.history = phone.history.map((record) => ({ ...record, seen: true }));
        phone.set({ missedCalls: 0, historyRevision: state.historyRevision + 1 });
        return {};
      case 'remove-history':
        phone.history = phone.history.filter((record) => record.id !== command.recordId);
        phone.set({ historyRevision: state.historyRevision + 1 });
        return {};
      case 'dial-request-taken':
        if (state.dialRequest?.id === command.id) phone.set({ dialRequest: null });
        return {};
      case 'dismiss-notice':
        phone.set({ notices: state.notices.filter((notice) => notice.id !== command.id) });
        return {};
      case 'clear-trace':
        phone.trace = [];
        return {};
      case 'save-trace':
        return { file: `/home/mara/trace.${command.format === 'pcap' ? 'pcap' : 'txt'}` };
      case 'headset-test':
        phone.set({ headsetTest: afterHeadsetCommand(state.headsetTest, command.action) });
        return {};
      case 'save-bundle':
        return { file: '/home/mara/support.zip' };
      case 'save-headset-trace':
        return { file: '/home/mara/headset.txt' };
      case 'save-server': {
        const others = state.servers.filter(({ config }) => config.id !== command.server.id);
        phone.set({ servers: [...others, fakeServer(command.server, command.password !== undefined)] });
        return { id: command.server.id };
      }
      case 'remove-server':
        phone.set({ servers: state.servers.filter(({ config }) => config.id !== command.serverId) });
        return {};
      case 'try-server':
        return { people: { count: 305, more: false } };
      case 'start-practice':
        phone.set({ practice: true, accounts: [workAccount] });
        return {};
      case 'keep-apart':
        phone.apart = command.apart
          ? [...phone.apart, ...command.personIds]
          : phone.apart.filter((personId) => !command.personIds.includes(personId));
        directoryChanged();
        return {};
      case 'merge-people': {
        const [kept, ...others] = command.personIds;
        phone.people = phone.people.filter(({ id }) => !others.includes(id));
        directoryChanged();
        return { ...(kept === undefined ? {} : { id: kept }), undo: 'merge-1' };
      }
      case 'export-people':
        return { file: `/home/mara/people.${command.format === 'csv' ? 'csv' : 'vcf'}` };
      case 'export-history':
        return { file: '/home/mara/calls.csv' };
      default:
        if (isImportCommand(command)) phone.set({ peopleImport: importAfter(command, state.peopleImport, phone) });
        return {};
    }
  }

  function answer<Q extends Query>(query: Q): QueryResults[Q['type']];
  function answer(query: Query): QueryResults[Query['type']] {
    switch (query.type) {
      case 'people':
        return people(query.text, query.offset, query.limit);
      case 'favourites':
        return phone.people.filter((person) => person.favourite).map(rowOf);
      case 'person':
        return [...phone.people, ...phone.serverPeople].find((person) => person.id === query.personId) ?? null;
      case 'picture':
        return phone.people.find((person) => person.id === query.personId)?.picture ?? null;
      case 'duplicates':
        return fakeDuplicates(phone.people.filter(({ id }) => !phone.apart.includes(id)));
      case 'import-rows':
        return fakeImportPage(query);
      case 'past-imports':
        return phone.pastImports;
      case 'server-people':
        return { rows: phone.serverPeople.filter(({ name }) => matches(query.text, name, [])).map(rowOf), more: [] };
      case 'sources':
        return [{ source: 'local', syncedAt: null, people: phone.people.length, problem: null }];
      case 'history':
        return fakeHistoryPage(phone.history, query);
      case 'conversations':
        return fakeConversations(phone.texts);
      case 'messages':
        return fakeMessages(phone.texts, query.number);
      case 'find':
        return find(query);
      case 'dial-preview': {
        const target = query.text.includes('@') ? query.text.trim() : query.text.replace(/[\s()-]/gu, '');
        if (target === '' || (!query.text.includes('@') && /\p{L}/u.test(target)))
          return { dialable: false, why: null };
        if (!/\d|\*|#|@/u.test(target)) return { dialable: false, why: 'There is no digit in it.' };
        return { dialable: true, target, shown: query.text.trim() };
      }
      case 'trace': {
        const wanted = plain(query.text.trim());
        // A call's own: those of the last round.
        const mine = query.callId === undefined ? '' : 'call-4';
        const rows = phone.trace.filter(
          (entry) => entry.id > query.after && plain(entry.text).includes(wanted) && entry.text.includes(mine),
        );
        const page = rows.slice(0, query.limit);
        const last = rows.length > query.limit ? page.at(-1)?.id : phone.trace.at(-1)?.id;
        return { rows: page.map(traceRow), oldest: phone.trace[0]?.id ?? query.after + 1, next: last ?? query.after };
      }
      case 'call-quality':
        return fakeSeries;
      case 'log': {
        const grave = ['debug', 'info', 'warn', 'error'];
        const rows = phone.log.filter(
          (row) =>
            row.id > query.after &&
            grave.indexOf(row.level) >= grave.indexOf(query.level) &&
            plain(row.text).includes(plain(query.text.trim())),
        );
        return { rows: rows.slice(0, query.limit), oldest: 1, next: phone.log.at(-1)?.id ?? query.after };
      }
      case 'screens':
        return phone.screens;
      case 'bundle':
        return fakeBundle;
      case 'bundle-file':
        return `Text of ${query.name}`;
      case 'trace-message':
        return phone.trace.find((entry) => entry.id === query.id) ?? null;
    }
  }

  function find({ text, people: most, calls: mostCalls }: Extract<Query, { type: 'find' }>): QueryResults['find'] {
    const found = {
      people: people(text, 0, most),
      calls: answer({ type: 'history', filter: 'all', text, offset: 0, limit: mostCalls }),
      problem: null,
      preview: answer({ type: 'dial-preview', text }),
    };
    const [person] = found.people.rows;
    const number = person ? person.number?.value : found.calls.rows[0]?.number;
    const hasFirst = !found.preview.dialable && number !== undefined;
    return {
      ...found,
      ofFirst: hasFirst ? { number, preview: answer({ type: 'dial-preview', text: number }) } : null,
    };
  }

  function people(text: string, offset: number, limit: number): QueryResults['people'] {
    const found = text
      ? phone.people.filter((person) =>
          matches(
            text,
            [person.name, person.company, ...(person.groups ?? [])].join(' '),
            person.numbers.map((number) => number.value),
          ),
        )
      : phone.people.toSorted((a, b) => plain(lastName(a)).localeCompare(plain(lastName(b))));
    const letters: { letter: string; index: number }[] = [];
    if (!text) {
      for (const [index, person] of found.entries()) {
        const letter = plain(lastName(person)).charAt(0).toUpperCase();
        if (letters.at(-1)?.letter !== letter) letters.push({ letter, index });
      }
    }
    return { rows: found.slice(offset, offset + limit).map(rowOf), total: found.length, ...(text ? {} : { letters }) };
  }

  return phone;
}

function joined(call: Call): Call {
  const hold = { byUs: false, byThem: false, since: null };
  return call.phase.name === 'connected' ? { ...call, joined: true, phase: { ...call.phase, hold } } : call;
}
