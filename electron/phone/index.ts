// The phone: commands in, state out.
export { Phone, type PhoneParts } from './phone.ts';
export { startNotice } from './notices.ts';
