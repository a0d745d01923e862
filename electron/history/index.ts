// The history's door: calls that were. `History` lives in the library's worker thread.
export { createHistory, type History } from './history.ts';
