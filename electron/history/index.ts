// The history's door: calls and messages that were. Both live in the library's worker thread.
export { createTexts, type Texts } from './texts.ts';
export { createHistory, type History } from './history.ts';
