// German words of first run, accounts and settings.
import { accountWords } from './setup-account.ts';
import { settingsWords } from './setup-settings.ts';
import { soundWords } from './setup-sound.ts';

export const setup = { ...accountWords, ...soundWords, ...settingsWords };
