// Notification: kept while it would be on the screen. Tests press it by `notification.emit('click')`.
import { EventEmitter } from 'node:events';
import { records, textOf, unseen } from './records.ts';

export class Notification extends EventEmitter {
  readonly title: string;
  readonly body: string;
  /** All that was given: actions, urgency, groupId and the like. */
  readonly options: Record<string, unknown>;

  static isSupported(): boolean {
    return true;
  }

  /** On Electron: clicks on notifications of an earlier run. There are none here. */
  static handleActivation(_handler: unknown): void {}

  constructor(options: Record<string, unknown> = {}) {
    super();
    this.options = options;
    this.title = textOf(options, 'title');
    this.body = textOf(options, 'body');
  }

  show(): void {
    records.notifications.add(this);
    unseen(`Notification: ${this.title}: ${this.body}`);
    this.emit('show', {});
  }

  close(): void {
    if (records.notifications.delete(this)) this.emit('close', {});
  }
}
