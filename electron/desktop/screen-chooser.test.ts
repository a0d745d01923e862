// The screens and windows that can be shown in a call, and that nothing else is ever shown.
import type { DesktopCapturerSource, SourcesOptions } from 'electron';
import { expect, it } from 'vitest';
import { ScreenChooser } from './screen-chooser.ts';

function source(id: string, name: string, display = '', picture = ''): DesktopCapturerSource {
  const thumbnail = { isEmpty: () => picture === '', toJPEG: () => Buffer.from(picture) };
  // Electron's pictures can only be made by Electron.
  return Object.assign(Object.create(null), { id, name, display_id: display, thumbnail });
}

const editor = source('window:7:0', 'Editor', '', 'jpg');
const two = [
  editor,
  source('screen:1:0', 'Screen 1', '1', 'jpg'),
  source('screen:2:0', 'Screen 2', '2'),
  source('window:8:0', ' '),
];

function chooser(sources: DesktopCapturerSource[] | Error, display = 2) {
  const asked: SourcesOptions[] = [];
  const made = new ScreenChooser({
    capturer: {
      getSources: async (options) => {
        asked.push(options);
        if (sources instanceof Error) throw sources;
        return sources.filter(({ id }) => options.types.some((type) => id.startsWith(type)));
      },
    },
    screen: () =>
      Object.assign(Object.create(null), {
        getDisplayMatching: () => ({ id: display }),
        getPrimaryDisplay: () => ({ id: 1 }),
      }),
    window: () => ({ isDestroyed: () => false, getBounds: () => ({ x: 0, y: 0, width: 1, height: 1 }) }),
  });
  return { made, asked };
}

it('lists screens before windows, with their pictures, and none without a name', async () => {
  expect(await chooser(two).made.list()).toEqual({
    ok: true,
    value: [
      { id: 'screen:1:0', name: 'Screen 1', kind: 'screen', picture: 'data:image/jpeg;base64,anBn' },
      { id: 'screen:2:0', name: 'Screen 2', kind: 'screen', picture: null },
      { id: 'window:7:0', name: 'Editor', kind: 'window', picture: 'data:image/jpeg;base64,anBn' },
    ],
  });
});

it('says what to do where the system lets nobody look', async () => {
  expect(await chooser(new Error('denied')).made.list()).toMatchObject({
    ok: false,
    problem: { code: 'screens-unseen', message: expect.stringContaining('Allow it'), detail: 'Error: denied' },
  });
});

it('gives what was chosen, once', async () => {
  const { made, asked } = chooser(two);
  expect(await made.take()).toBeNull();
  expect(asked).toEqual([]);
  made.want('window:7:0');
  expect(await made.take()).toBe(editor);
  expect(await made.take()).toBeNull();
});

it('gives nothing after it was called off, and no screen in place of a window that is gone', async () => {
  const { made } = chooser(two);
  made.want('screen:1:0');
  made.wantNothing();
  expect(await made.take()).toBeNull();
  made.want('window:9:0');
  expect(await made.take()).toBeNull();
});

it('gives the screen that the phone is on where none was chosen, else the first, and none where there is none', async () => {
  const taken = async (sources: DesktopCapturerSource[], display: number) => {
    const { made } = chooser(sources, display);
    made.want(undefined);
    return (await made.take())?.id ?? null;
  };
  expect(await taken(two, 2)).toBe('screen:2:0');
  expect(await taken(two, 3)).toBe('screen:1:0');
  expect(await taken([editor], 2)).toBeNull();
});
