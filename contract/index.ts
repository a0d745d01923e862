// The contract: what processes say to each other. Imports nothing else of ours.
export * from './account.ts';
export * from './bridge.ts';
export * from './channels.ts';
export * from './commands.ts';
export * from './headset.ts';
export * from './headset-port.ts';
export * from './history.ts';
export * from './logger.ts';
export * from './media-port.ts';
export * from './people.ts';
export * from './phone-state.ts';
export * from './preferences.ts';
export * from './problem.ts';
export * from './queries.ts';
export * from './sound.ts';
export * from './sound-port.ts';
export * from './vault.ts';
