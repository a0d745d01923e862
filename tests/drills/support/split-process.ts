// In a process of its own, that steps back for others: its work is the drill's, and must not hold up the live call's sound.
import { constants, setPriority } from 'node:os';
import { abuseCases, tortureCases } from './hostile-cases.ts';
import { gluedInPairs, splitEverywhere } from './splits.ts';

setPriority(constants.priority.PRIORITY_LOW);
const messages = [...tortureCases(), ...abuseCases()].map((one) => one.bytes);
process.stdout.write(JSON.stringify({ ...splitEverywhere(messages), ...gluedInPairs(messages) }));
