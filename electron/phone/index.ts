// The phone: commands in, state out.
export { Phone } from './phone.ts';
export type { PhoneParts } from './parts.ts';
export { provision } from './provision.ts';
export { startNotice } from './notices.ts';
