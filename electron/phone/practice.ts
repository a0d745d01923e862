// "Try it without a server": the practice exchange, its account and its three numbers in the directory.
import type { AccountConfig, PersonDraft } from '../../contract/index.ts';
import type { PracticeExchange } from '../practice/index.ts';
import type { Accounts } from './accounts.ts';

export type StartExchange = () => Promise<PracticeExchange>;

export interface PracticeOptions {
  start: StartExchange;
  accounts: Accounts;
  /** Puts the three numbers into the directory. */
  people(people: readonly PersonDraft[]): Promise<void>;
}

const practicePeople: PersonDraft[] = [
  {
    name: 'Echo',
    company: 'Practice',
    numbers: [{ value: '600', kind: 'extension' }],
    favourite: true,
    source: 'Practice',
  },
  {
    name: 'Tone',
    company: 'Practice',
    numbers: [{ value: '601', kind: 'extension' }],
    favourite: true,
    source: 'Practice',
  },
  {
    name: 'Call me back',
    company: 'Practice',
    numbers: [{ value: '602', kind: 'extension' }],
    favourite: true,
    source: 'Practice',
  },
];

/** Starts and ends the exchange with its account. */
export class Practice {
  readonly #options: PracticeOptions;
  #exchange: PracticeExchange | null = null;

  constructor(options: PracticeOptions) {
    this.#options = options;
  }

  get running(): boolean {
    return this.#exchange !== null;
  }

  async start(): Promise<void> {
    if (this.#exchange) return;
    const exchange = await this.#options.start();
    this.#exchange = exchange;
    await this.#options.accounts.setPassing(practiceAccount(exchange), exchange.password);
    await this.#options.people(practicePeople);
  }

  async close(): Promise<void> {
    const exchange = this.#exchange;
    this.#exchange = null;
    if (!exchange) return;
    await this.#options.accounts.setPassing(null, null);
    await exchange.close();
  }
}

function practiceAccount(exchange: PracticeExchange): AccountConfig {
  return {
    id: 'practice',
    label: 'Practice',
    displayName: 'You',
    address: `${exchange.user}@practice.localhost`,
    server: `127.0.0.1:${exchange.port}`,
    transport: 'udp',
    expires: 300,
    media: 'rtp',
    encryption: 'off',
    ringHere: true,
    enabled: true,
  };
}
