// How long and how much a directory server may take before it is given up. A colleague's name is worth seconds, not more.

/** Until a connection stands, encryption included, ms. */
export const connectLimit = 4000;
/** What DNS says about a domain's servers, ms; without an answer the domain itself is asked. */
export const discoveryLimit = 2000;
/** One search or look-up, connection included, ms. */
export const searchLimit = 6000;
/** A whole copy of an address book, ms. */
export const syncLimit = 300_000;
/** Between two pieces of an answer, ms. */
export const idleLimit = 10_000;
/** A connection that nobody uses is closed, ms. */
export const keepLimit = 60_000;

/** Bytes that one search may bring: 100 entries have about 50 kB. */
export const mostSearchBytes = 2_000_000;
/** Bytes of one HTTP answer. */
export const mostAnswerBytes = 16_000_000;
/** Bytes of a whole copy. */
export const mostSyncBytes = 512_000_000;
/** People of one address book. */
export const mostPeople = 200_000;
