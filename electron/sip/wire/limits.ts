// How much of a message we are willing to read.

/** Bytes of a whole message; also the largest UDP datagram. */
export const MAX_MESSAGE = 65_536;

/** Bytes up to the empty line. The longest of RFC 4475 (`longreq`) has 3.5 kB. */
export const MAX_HEADER = 16_384;

/** Bytes of a refused body that a stream passes over to reach the next message; for more, nobody waits. */
export const MAX_SKIPPED = 1_048_576;
