// The settings room's door.
export type { OpenSettings, Provisioned, ReadProvisioning, Settings, SettingsOptions } from './types.ts';
export { madeId } from './made-id.ts';
export { openSettings } from './open-settings.ts';
export { readProvisioning } from './provisioning.ts';
