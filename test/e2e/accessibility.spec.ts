import { STAGE_IDS } from '../../shared/contract/stage.ts';
import { expectAccessible } from './axe.ts';
import { scanPages } from './scan.ts';
import { createProject, showIn } from './screen.ts';
import { STAGE_STEPS } from './stage-steps.ts';
import { openStep } from './wizard.ts';
import { test } from './workbench.ts';

const SCANS_MS = 400_000;

// The same is held on a project with results where `five-stages.spec.ts` walks through one.
for (const language of ['zh-CN', 'en'] as const) {
  test(`in ${language}, axe finds nothing on any page or step of an empty project, in light and dark`, async ({
    workbenchPage: page,
  }) => {
    test.setTimeout(SCANS_MS);
    await showIn(page, language);
    await expectAccessible(page, 'start');
    await createProject(page, 'A');
    await scanPages(page);
    for (const stage of STAGE_IDS)
      for (const step of STAGE_STEPS[stage]) {
        await openStep(page, stage, step);
        await expectAccessible(page, `${stage}.${step}`);
      }
  });
}
