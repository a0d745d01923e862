// Sends commands to the phone. What goes wrong is said where the person looks: in the form that asked, else in a toast.
import type { Command, CommandResult, Outcome } from '../../contract/index.ts';
import { t } from './i18n.ts';
import { problemText } from './problem-words.ts';
import { showToast } from './toast.ts';
import { whileWorking } from './working.ts';

export interface RunOptions {
  /** The caller shows the problem itself, beside its field. */
  quiet?: boolean;
}

/** Never rejects: a broken bridge is a problem like any other. */
export async function run(command: Command, { quiet = false }: RunOptions = {}): Promise<Outcome<CommandResult>> {
  const outcome = await whileWorking(send(command));
  if (!outcome.ok && !quiet) showToast({ kind: 'problem', text: problemText(outcome.problem) });
  return outcome;
}

async function send(command: Command): Promise<Outcome<CommandResult>> {
  try {
    return await window.hookswitch.phone.command(command);
  } catch (error) {
    return {
      ok: false,
      problem: { code: 'no-answer-from-phone', message: t('noAnswerFromPhone'), detail: String(error) },
    };
  }
}
