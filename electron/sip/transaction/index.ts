// The transaction floor's door.
export { createTransactionLayer } from './layer.ts';
export { CONTACT_PLACEHOLDER } from './stamp.ts';
export { PATIENCE, T1, T2, T4 } from './timers.ts';
export { blankSecrets } from './trace.ts';
export type {
  ClientTransaction,
  ClientTransactionListener,
  RequestOptions,
  ServerTransaction,
  TransactionFailure,
  TransactionLayer,
  TransactionLayerListener,
  TransactionLayerOptions,
} from './types.ts';
