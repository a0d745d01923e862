// Notices: what the person should know now. The most important first; windows show one.
import type { AccountState, Notice, Problem } from '../../contract/index.ts';

/** An account that cannot be called, or not all the time, is the worst thing a phone has to say. */
export function offlineNotices(accounts: readonly AccountState[]): Notice[] {
  const notices: Notice[] = [];
  for (const { config, registration } of accounts) {
    const account = accounts.length > 1 ? { account: config.label } : {};
    if (registration.name === 'available' && registration.caution !== undefined) {
      const title = accounts.length > 1 ? `${config.label} may miss calls` : 'You may miss calls';
      const { message: text, code } = registration.caution;
      notices.push({ id: `caution:${config.id}`, kind: 'warning', title, text, code, ...account });
    }
    if (registration.name !== 'offline') continue;
    notices.push({
      id: `offline:${config.id}`,
      kind: 'error',
      title: accounts.length > 1 ? `${config.label} cannot be called right now` : 'You cannot be called right now',
      text: registration.cause.message,
      code: registration.cause.code,
      ...account,
      action:
        registration.cause.code === 'password-not-accepted'
          ? { label: 'Open account', command: 'open-accounts' }
          : { label: 'Try now', command: 'retry-registration' },
    });
  }
  return notices;
}

/** A file that was damaged and put aside, a provisioning file that could not be read: said once, until dismissed. */
export function startNotice(id: string, title: string, problem: Problem): Notice {
  const { message: text, code } = problem;
  return { id, kind: 'warning', title, text, code, action: { label: 'Dismiss', command: 'dismiss-notice' } };
}

/** What was said once, until dismissed. */
export class Notices {
  readonly #changed: () => void;
  #said: Notice[] = [];

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get said(): readonly Notice[] {
    return this.#said;
  }

  /** In place of an earlier one of the same id. */
  say(notice: Notice): void {
    this.#said = [...this.#said.filter(({ id }) => id !== notice.id), notice];
    this.#changed();
  }

  dismiss(id: string): void {
    this.#said = this.#said.filter((notice) => notice.id !== id);
    this.#changed();
  }
}
