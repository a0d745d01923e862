// The diagnostics room's door: log, SIP trace and the system's clock, for main.ts to hand to the other rooms.
export { bundleFiles, zipOf, type BundleFile } from './bundle/bundle.ts';
export { systemClock } from './clock.ts';
export { createLogger, type LoggerOptions, type OwnedLogger } from './logger.ts';
export { createTrace, type OwnedTrace, type TraceOptions } from './trace.ts';
export { diagnose, type DiagnosisSources } from './diagnosis/run.ts';
