// Timer values (RFC 3261 17.1.1.1 and table 4), ms.

/** Estimate of the round trip. */
export const T1 = 500;

/** Longest pause between repeats of a non-INVITE request or an INVITE response. */
export const T2 = 4000;

/** How long a message may stay in the network. */
export const T4 = 5000;

/** Timers B, F, H, J, L, M: a transaction's whole patience. */
export const PATIENCE = 64 * T1;

/** Timer D on unreliable transports: at least 32 s. */
export const TIMER_D = 32_000;

/** When a client's timer E has come to T2: after T1, 2*T1 and 4*T1 (RFC 4320 4.1). */
export const E_AT_T2 = 7 * T1;
