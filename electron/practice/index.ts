// The practice exchange's door.
export { startPracticeExchange } from './exchange.ts';
export type { PracticeExchange, StartPracticeExchange } from './types.ts';
