// The digest room's door (RFC 7616, RFC 8760).
export { Credentials, Exchange, type Answer, type Challenged, type CredentialsOptions } from './credentials.ts';
