// The main window on the fake bridge: `npx vite renderer --open /dev/?scene=offline&platform=linux&theme=dark`.
// `window.fake` drives it. Not part of the product build.
import * as v from 'valibot';
import { chooseLanguage, languageSchema } from '../../contract/index.ts';
import { fakePhone, type FakePhone } from '../common/fake-bridge.ts';
import { scenes } from './scenes.ts';

declare global {
  interface Window {
    fake: FakePhone;
  }
}

const options = new URLSearchParams(location.search);
const fake = fakePhone({ platform: options.get('platform') ?? 'darwin', people: Number(options.get('people') ?? 25) });
const theme = options.get('theme');
if (theme === 'light' || theme === 'dark' || theme === 'contrast') {
  fake.set((state) => ({ preferences: { ...state.preferences, theme } }));
}
const language = v.safeParse(languageSchema, options.get('lang'));
if (language.success) fake.set(chooseLanguage(language.output, []));
scenes[options.get('scene') ?? 'idle']?.(fake);
window.fake = fake;
window.hookswitch = fake.bridge;
await (options.get('window') === 'incoming' ? import('../incoming/main.tsx') : import('../main/main.tsx'));
