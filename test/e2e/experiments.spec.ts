import { join } from 'node:path';
import { createTranslate } from '../../shared/i18n/translate.ts';
import { askHost, createProject, showIn } from './screen.ts';
import { expectNumbers, expectRows, expectSound, openStep, runJob, typeNumber } from './wizard.ts';
import { expect, test } from './workbench.ts';

const SAMPLE = join(import.meta.dirname, '..', '..', 'resources', 'samples', 'en');
const t = createTranslate('en');

test('files and counts become effects: what the screens show is what the engine has, and the broken test gives no verdict', async ({
  workbenchPage: page,
}) => {
  await showIn(page, 'en');
  await createProject(page, 'Experiments');
  await openStep(page, 'competitiveness', 'experiments');
  await expect(page.getByTestId('empty-state')).toBeVisible();
  const importFile = async (kind: 'experiment' | 'usability', file: string) => {
    await page.getByTestId(`competitiveness-import-${kind}`).setInputFiles(join(SAMPLE, file));
    await expect
      .poll(async () =>
        (await askHost(page, 'demand.datasets', {})).some(({ dataset }) => dataset.source.name === file),
      )
      .toBe(true);
  };

  await test.step('a test of rows, with the columns as guessed', async () => {
    await importFile('experiment', 'experiment.csv');
    await runJob(page, 'competitiveness.analyseExperiment', page.getByTestId('competitiveness-experiment-analyse'));
    const result = (await askHost(page, 'competitiveness.experiment', { experimentId: 'E1' }))!.result;
    const card = page.getByTestId('competitiveness-experiment-E1');
    await expect(card.locator('[data-verdict="ship"]')).toBeVisible();
    const understood = result.metrics[0]!;
    const row = page.getByTestId('competitiveness-effects-E1').locator(`tr[data-metric="${understood.id}"]`);
    const { value, low, high } = understood.effects[0]!.difference!;
    await expectNumbers(row.locator('.inspected').last(), [value, low, high], 1, 100);
    const arms = page.getByTestId('competitiveness-arms-E1').getByTestId('evidence-link');
    for (const [place, { units }] of result.arms.entries()) await expectRows(page, arms.nth(place), units);
    await expectSound(page);
  });

  await test.step('a test that was split wrongly', async () => {
    await importFile('experiment', 'experiment-srm.csv');
    await expect(page.getByTestId('competitiveness-experiment-form')).toContainText('experiment-srm');
    await runJob(page, 'competitiveness.analyseExperiment', page.getByTestId('competitiveness-experiment-analyse'));
    await expect(page.getByTestId('competitiveness-srm-E2')).toBeVisible();
    const verdicts = page.getByTestId('competitiveness-effects-E2').locator('tbody tr');
    for (const row of await verdicts.all()) await expect(row).toHaveAttribute('data-verdict', 'blocked');
  });

  await test.step('counts that were typed in', async () => {
    const form = page.getByTestId('competitiveness-experiment-form');
    await form.getByText(t('stage.competitiveness.screen.experiments.mode.counts')).click();
    await page.getByTestId('competitiveness-counts-name').fill('By hand');
    await page.getByTestId('competitiveness-counts-metric').fill('bought');
    for (const [arm, [units, successes]] of [
      [1000, 100],
      [1000, 140],
    ].entries()) {
      await typeNumber(page.getByTestId(`competitiveness-counts-units-${arm}`), String(units));
      await typeNumber(page.getByTestId(`competitiveness-counts-successes-${arm}`), String(successes));
    }
    await runJob(page, 'competitiveness.analyseExperiment', page.getByTestId('competitiveness-counts-analyse'));
    const { metrics } = (await askHost(page, 'competitiveness.experiment', { experimentId: 'E3' }))!.result;
    expect(metrics[0]?.effects[0]).toMatchObject({
      verdict: 'better',
      difference: { value: expect.closeTo(0.04, 12) },
    });
    await expect(page.getByTestId('competitiveness-experiment-E3').locator('[data-verdict="ship"]')).toBeVisible();
  });

  await test.step('a usability questionnaire', async () => {
    const form = page.getByTestId('competitiveness-experiment-form');
    await form.getByText(t('stage.competitiveness.screen.experiments.mode.usability')).click();
    await importFile('usability', 'usability.csv');
    await runJob(page, 'competitiveness.analyseUsability', page.getByTestId('competitiveness-usability-analyse'));
    await expect(page.getByTestId('competitiveness-usability-U1').locator('[data-verdict="better"]')).toBeVisible();
    await expectSound(page);
  });

  await test.step('the size of the next one, and an experiment read again', async () => {
    await typeNumber(page.getByTestId('competitiveness-planner-effect'), '4');
    const plan = await askHost(page, 'competitiveness.planExperiment', {
      metric: { type: 'proportion', baseline: 0.5, effect: 0.04 },
      level: 0.95,
      power: 0.8,
      unitsPerArm: null,
    });
    const units = plan.unitsPerArm ?? 0;
    await expectNumbers(page.getByTestId('competitiveness-planner-answer'), [units, 2 * units], 0);
    await page.getByTestId('competitiveness-experiment-edit-E1').click();
    const again = page.getByTestId('competitiveness-experiment-analyse');
    await expect(again).toContainText('E1');
    await runJob(page, 'competitiveness.analyseExperiment', again);
    expect((await askHost(page, 'competitiveness.experiments', {})).map(({ result }) => result.id)).toEqual([
      'E1',
      'E2',
      'E3',
    ]);
  });
});
