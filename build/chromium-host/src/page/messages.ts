// What preload world and host say to each other over the binding; packed by codec.ts.
import type { PortTraffic } from '../ports.ts';

export type FromPage =
  | { kind: 'invoke'; id: number; channel: string; args: unknown[] }
  | { kind: 'send'; channel: string; args: unknown[]; ports: string[] }
  | PortTraffic;

export type ToPage =
  | { kind: 'reply'; id: number; value: unknown }
  | { kind: 'refusal'; id: number; message: string }
  | { kind: 'message'; channel: string; args: unknown[]; ports: string[] }
  | PortTraffic;

/** The name of the isolated world; the binding exists in this world only. */
export const WORLD = 'electron-preload';
export const BINDING = '__toHost';
