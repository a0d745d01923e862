// Which dialogs were of which call.
import { expect, test } from 'vitest';
import { CallDialogs } from './call-dialogs.ts';

test('a call has each of its dialogs once, and a call of an earlier run none', () => {
  const dialogs = new CallDialogs();
  dialogs.add('call', 'one');
  dialogs.add('call', 'one');
  dialogs.add('call', 'two');
  expect(dialogs.of('call')).toEqual(['one', 'two']);
  expect(dialogs.of('other')).toEqual([]);
});

test('the oldest calls are forgotten', () => {
  const dialogs = new CallDialogs();
  for (let call = 0; call < 600; call += 1) dialogs.add(`call ${call}`, 'one');
  expect(dialogs.of('call 99')).toEqual([]);
  expect(dialogs.of('call 100')).toEqual(['one']);
  expect(dialogs.of('call 599')).toEqual(['one']);
});
