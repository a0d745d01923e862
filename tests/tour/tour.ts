// npm run tour: drives the phone without a display through every screen in light, dark and high contrast, then its windows in
// German and Arabic, into out/tour/. With --readme it writes docs/screenshot.png instead; with --languages only the second act.
import { engineOf, launchPhone, type PhoneApp } from '../support/app.ts';
import { Office } from '../support/office.ts';
import { Camera, clearPictures, mainSize, writeContactSheet } from './camera.ts';
import { callScreens } from './call-screens.ts';
import { incomingScreens, offlineScreen } from './incoming-screens.ts';
import { languageTour } from './language-tour.ts';
import { people } from './people.ts';
import { practiceScreens } from './practice-screens.ts';
import { prepare } from './prepare.ts';
import { readmePicture } from './readme-picture.ts';
import { setUpScreens, settingsScreens } from './setup-screens.ts';
import { nameDevices, type Stage } from './stage.ts';
import { viewScreens } from './view-screens.ts';

const password = 'secret';

async function open(options: {
  provision?: unknown;
  args?: string[];
}): Promise<{ app: PhoneApp; stage: Omit<Stage, 'office'> }> {
  const app = await launchPhone({ ...options, env: { TZ: 'Europe/Zurich', LANG: 'en_GB.UTF-8' } });
  const main = await app.page('main');
  const camera = new Camera(app);
  await nameDevices(await app.page('media'));
  await main.emulateMedia({ reducedMotion: 'reduce' });
  await camera.size(main, mainSize);
  return { app, stage: { app, main, camera } };
}

/** The practice exchange, as a newcomer sees it. */
async function practiceTour(): Promise<void> {
  const { app, stage } = await open({});
  try {
    await practiceScreens(stage);
  } finally {
    await app.close();
  }
}

/** The company: an account at a scripted server, its people, and calls with them. */
async function companyTour(onlyReadme: boolean): Promise<string> {
  const office = await Office.open({
    domain: 'example.com',
    passwords: { '4410': password },
    numbers: {
      '+41441234567': { does: 'answers' },
      '+41445001088': { does: 'answers' },
      '4417': { does: 'rings' },
      '4412': { does: 'refuses', status: '480 Temporarily Unavailable' },
      '4418': { does: 'refuses', status: '486 Busy Here' },
      '4400': { does: 'refuses', status: '603 Decline' },
    },
  });
  const { app, stage } = await open({ provision: { hookswitch: 1, contacts: people } });
  const scene: Stage = { ...stage, office };
  try {
    if (onlyReadme) {
      await app.command({
        type: 'save-account',
        account: {
          address: '4410@example.com',
          server: office.server,
          label: 'Work',
          displayName: 'Mara Lindt',
          password,
        },
      });
      await app.registered();
    } else {
      await setUpScreens(scene, password);
      await viewScreens(scene);
      await settingsScreens(scene);
      await callScreens(scene);
      await incomingScreens(scene);
    }
    await readmePicture(scene, onlyReadme);
    if (!onlyReadme) await offlineScreen(scene);
    return await engineOf(app);
  } finally {
    await app.close();
    office.close();
  }
}

const onlyReadme = process.argv.includes('--readme');
const onlyLanguages = process.argv.includes('--languages');
try {
  await prepare();
  if (onlyReadme) {
    await companyTour(true);
    console.log('Wrote docs/screenshot.png.');
  } else {
    clearPictures();
    let engine = 'dev page alone';
    if (!onlyLanguages) {
      await practiceTour();
      engine = await companyTour(false);
    }
    await languageTour();
    const count = writeContactSheet(engine);
    console.log(
      `${count} screens in light, dark and high contrast, on the ${engine}; in German and Arabic too: out/tour/index.html.`,
    );
  }
} catch (error) {
  console.error(`The tour ended early: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  process.exitCode = 1;
}
