// The diagnostics room's door: log, SIP trace and the system's clock, for main.ts to hand to the other rooms.
export { systemClock } from './clock.ts';
export { createLogger, type LoggerOptions, type OwnedLogger } from './logger.ts';
export { createTrace, type OwnedTrace, type TraceOptions } from './trace.ts';
