import './compile-cache.ts';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { checkNodeVersion } from '../electron/hosting/node-version.ts';
import { onlyInside } from '../electron/hosting/project-paths.ts';
import { defaultProjectsFolder, startingFolder, userFolder } from '../electron/hosting/user-folder.ts';
import { openUserStore } from '../electron/hosting/user-store.ts';
import { AppError } from '../shared/errors/app-error.ts';
import { errorText } from '../shared/i18n/error-text.ts';
import { createTranslate } from '../shared/i18n/translate.ts';
import { buildMain } from './build-main.ts';
import { buildRenderer, RENDERER_FOLDER } from './build-renderer.ts';
import { findElectron, hasDisplay, runElectron } from './electron-binary.ts';
import { openInBrowser } from './open-in-browser.ts';
import { START_TEXTS } from './start-texts.ts';

/** `npm start`: the window where Electron is, else the same product in the browser of this machine.
 *  `npm start -- [--folder DIR] [--browser] [--no-open] [--print-address]` */
const { language } = openUserStore(userFolder()).settings();
const texts = START_TEXTS[language];
const say = (line: string) => console.log(line);

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        folder: { type: 'string' },
        browser: { type: 'boolean', default: false },
        'no-open': { type: 'boolean', default: false },
        'print-address': { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    console.error(
      `${error instanceof Error ? error.message : error}\nnpm start -- [--folder DIR] [--browser] [--no-open] [--print-address]`,
    );
    process.exit(2);
  }
}

async function main(): Promise<void> {
  const options = readOptions();
  checkNodeVersion();
  const windowWanted = !options.browser && !options['no-open'] && hasDisplay();
  const electron = windowWanted ? findElectron(say, texts) : null;
  if (electron !== null) {
    await buildRenderer(() => say(texts.building));
    await buildMain(() => say(texts.building));
    process.exit(
      await runElectron(
        electron,
        options.folder === undefined ? [] : ['--folder', resolve(startingFolder('start'), options.folder)],
      ),
    );
  }
  await serveInBrowser(resolve(startingFolder('start'), options.folder ?? defaultProjectsFolder()), options);
}

async function serveInBrowser(
  folder: string,
  options: { readonly 'no-open': boolean; readonly 'print-address': boolean },
): Promise<void> {
  await buildRenderer(() => say(texts.building));
  const [{ startLoopbackHost }, { createNodeWorkbench }] = await Promise.all([
    import('../electron/host/loopback-host.ts'),
    import('../electron/hosting/node-workbench.ts'),
  ]);
  const host = await startLoopbackHost({
    rendererFolder: RENDERER_FOLDER,
    workbench: (protection) => createNodeWorkbench({ host: 'loopback', paths: onlyInside(folder), protection }),
  });

  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(130);
    stopping = true;
    say(texts.stopping);
    host.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);

  say(texts.ready((performance.now() / 1000).toFixed(1)));
  say(texts.folder(folder));
  const open = async () => {
    const page = host.redirectFile();
    const opened = !options['no-open'] && hasDisplay() && (await openInBrowser(page));
    if (!opened) say(texts.openYourself(page));
  };
  // Only when asked for: what a terminal shows may be kept or seen.
  if (options['print-address']) say(host.address);
  await open();
  say(process.stdin.isTTY ? texts.again : texts.stop);
  if (process.stdin.isTTY) createInterface({ input: process.stdin }).on('line', () => void open());
}

try {
  await main();
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  const { message, remedy } = errorText(createTranslate(language), error.toJSON());
  console.error(`${message} ${remedy}`);
  process.exit(1);
}
