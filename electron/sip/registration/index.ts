// The registration room's door (RFC 3261 10, RFC 5626, RFC 3608).
export { Registration, type RegistrationOptions } from './registration.ts';
