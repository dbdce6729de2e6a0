import { presentElectron } from '../../scripts/electron-binary.ts';
import { createProject } from './screen.ts';
import { expect, test } from './workbench.ts';

test.skip(
  () => presentElectron() === null,
  'no Electron binary (ELECTRON_EXEC or node_modules/electron/dist): the other specs run in a real window only where there is one',
);

test('a real Electron shows the screens under the own scheme, sandboxed, and reaches nothing else', async ({
  workbenchPage: page,
}) => {
  await createProject(page, 'Bank');
  const seen = await page.evaluate(async () => ({
    origin: window.origin,
    node: ['require', 'process', 'module', 'Buffer', 'electron'].filter((name) => name in window),
    bridge: Object.keys((window as unknown as { workbench: object }).workbench).sort(),
    outside: await fetch('https://example.com/').then(
      () => 'reached',
      () => 'refused',
    ),
    opened: window.open('https://example.com/') === null,
  }));
  expect(seen).toEqual({
    origin: 'app://workbench',
    node: [],
    bridge: ['call', 'chooseCopy', 'chooseProject', 'connect', 'onCommand', 'onLost', 'source'],
    outside: 'refused',
    opened: true,
  });
});
