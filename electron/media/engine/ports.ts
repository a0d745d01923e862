// Electron's message ports as the engine sees them, checked by shape: this process does not import Electron.

interface PortEvent {
  data: unknown;
  ports: readonly unknown[];
}

export interface MessagePortLike {
  on(event: 'message', listener: (event: PortEvent) => void): unknown;
  postMessage(message: unknown): void;
  start(): void;
}

export type ParentPort = Pick<MessagePortLike, 'on' | 'postMessage'>;

export function isParentPort(value: unknown): value is ParentPort {
  return hasMethods(value, ['on', 'postMessage']);
}

export function isMessagePort(value: unknown): value is MessagePortLike {
  return hasMethods(value, ['on', 'postMessage', 'start']);
}

function hasMethods(value: unknown, names: readonly string[]): boolean {
  return (
    typeof value === 'object' && value !== null && names.every((name) => typeof Reflect.get(value, name) === 'function')
  );
}
