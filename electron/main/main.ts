import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, dialog, protocol, session } from 'electron';
import { toAppErrorJson } from '../../shared/errors/app-error.ts';
import { errorText } from '../../shared/i18n/error-text.ts';
import { createTranslate } from '../../shared/i18n/translate.ts';
import { buildHash } from '../hosting/build-identity.ts';
import { onlyChosen } from '../hosting/project-paths.ts';
import { createRefusals } from '../hosting/refusals.ts';
import { resourcePaths } from '../hosting/resource-paths.ts';
import { readStaticFiles } from '../hosting/static-files.ts';
import { defaultProjectsFolder, userFolder } from '../hosting/user-folder.ts';
import { languageOf, openUserStore } from '../hosting/user-store.ts';
import { verifyNatives } from '../hosting/verify-natives.ts';
import { createWorkbench } from '../hosting/workbench.ts';
import { policyOf, serveScreens } from './app-protocol.ts';
import { askInUtility } from './ask-worker.ts';
import { createDesktop, type Desktop } from './desktop.ts';
import { createEngines } from './engines.ts';
import { createHandle } from './ipc.ts';
import { type Launch, readLaunch } from './launch.ts';
import { lockApplication } from './lock.ts';
import { PARTITION, PRIVILEGED_SCHEMES, REFUSED_SWITCHES, SWITCHES } from './locked-settings.ts';
import { createWindowPrinter } from './print-window.ts';
import { countIn, windowProtection } from './protection.ts';

/** Process entry: the window of the product. */
const packaged = app.isPackaged;
const refusals = createRefusals();
const onRefused = countIn(refusals);

const windowFolder = () => join(userFolder(), 'window');

function start(): void {
  const unsafe = packaged ? REFUSED_SWITCHES.find((name) => app.commandLine.hasSwitch(name)) : undefined;
  if (unsafe !== undefined) {
    const t = createTranslate(openUserStore(userFolder()).settings().language);
    dialog.showErrorBox(t('window.dialog.unsafeTitle'), t('window.dialog.unsafeDetail', { name: unsafe }));
    app.exit(1);
    return;
  }
  app.enableSandbox();
  for (const [name, value] of SWITCHES) app.commandLine.appendSwitch(name, value);
  app.setPath('userData', windowFolder());
  protocol.registerSchemesAsPrivileged([...PRIVILEGED_SCHEMES]);
  lockApplication(app, onRefused);

  const launch = readLaunch(process.argv, process.cwd());
  // The command line of the second start comes as data: Chromium reorders what it passes on itself.
  if (!app.requestSingleInstanceLock({ argv: process.argv, cwd: process.cwd() })) {
    app.quit();
    return;
  }
  const waiting: string[] = [];
  let desktop: Desktop | null = null;
  const open = (paths: readonly string[]) => {
    if (desktop === null) waiting.push(...paths);
    else desktop.open(paths);
  };
  app.on('open-file', (event, path) => {
    event.preventDefault();
    open([path]);
  });
  app.on('second-instance', (_event, _argv, _folder, data) => {
    const { argv, cwd } = data as { readonly argv: readonly string[]; readonly cwd: string };
    const { projects } = readLaunch(argv, cwd);
    if (projects.length > 0) open(projects);
    else desktop?.show();
  });
  app.on('activate', () => desktop?.show());
  app.on('window-all-closed', () => {
    // On a Mac a program without windows goes on, until its person leaves it.
    if (process.platform !== 'darwin' || desktop?.quitting() === true) app.quit();
  });
  app
    .whenReady()
    .then(() => startDesktop(launch))
    .then((started) => {
      desktop = started;
      started.open([...launch.projects, ...waiting]);
    })
    .catch((error: unknown) => {
      const failure = toAppErrorJson(error);
      const { message, remedy } = errorText(createTranslate(languageOf(app.getLocale())), failure);
      // For whoever starts it at a terminal: a stack is nothing to show to people.
      if (failure.detail !== undefined) console.error(failure.detail);
      dialog.showErrorBox(message, remedy);
      app.exit(1);
    });
}

async function startDesktop({ folder: named }: Launch): Promise<Desktop> {
  await verifyNatives();
  const resources = resourcePaths();
  const { version } = JSON.parse(readFileSync(join(resources.root, 'package.json'), 'utf8')) as { version: string };
  app.configureHostResolver({ secureDnsMode: 'off' });
  const screens = session.fromPartition(PARTITION);
  const files = readStaticFiles(resources.renderer);
  serveScreens(screens, files);
  // Else a proxy set in the system may be looked for on the network.
  await screens.setProxy({ mode: 'direct' });

  const folder = named ?? defaultProjectsFolder();
  const chosen = new Set<string>();
  const engines = createEngines(
    () => workbench.actor(),
    (projectId) => void workbench.projects.close(projectId),
  );
  const workbench = createWorkbench({
    host: 'electron',
    version,
    buildHash,
    paths: onlyChosen(folder, chosen),
    userFolder: userFolder(),
    modelsFolder: resources.models,
    samplesFolder: resources.samples,
    packageParts: resources.packageParts,
    openEngine: engines.open,
    printPdf: createWindowPrinter(),
    askWorker: askInUtility((entry) => workbench.log(entry)),
    protection: windowProtection({
      app,
      screens,
      policy: policyOf(files),
      packaged,
      folder: windowFolder(),
      refusals,
      now: () => new Date(),
    }),
    verifyReplies: process.env.SUCCESS_WORKBENCH_VERIFY === '1',
  });

  let closed = false;
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    closed = true;
    workbench.close().finally(() => app.quit());
  });
  const handle = createHandle((what, detail) => {
    onRefused(what, detail);
    workbench.log({ level: 'error', what: `refused ${what}`, detail });
  });
  return createDesktop({ workbench, engines, handle, preload: resources.preload, packaged, folder, version, chosen });
}

start();
