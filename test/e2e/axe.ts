import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** What WCAG 2.2 asks at levels A and AA, and what axe holds to be good practice. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Waits until nothing moves or loads, so that no colour is read half-way. */
export async function expectRest(page: Page): Promise<void> {
  await expect
    .poll(() =>
      page.evaluate(
        () =>
          document.getAnimations().every(({ playState }) => playState !== 'running') &&
          document.querySelector('.ant-spin-spinning, [aria-busy="true"]') === null,
      ),
    )
    .toBe(true);
}

/** Everything that axe finds on the page as it stands, one line each: the rule, how often, the first place, and what it misses there. */
async function findings(
  page: Page,
  rules: readonly string[] | null,
  known: readonly string[],
): Promise<readonly string[]> {
  // Legacy mode reads this page alone, without a second page to gather frames: the screens have none with words of their own.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const chosen = rules === null ? axe.withTags(TAGS).disableRules([...known]) : axe.withRules([...rules]);
  const { violations } = await chosen.analyze();
  return violations.map(({ id, nodes }) => {
    const [first] = nodes;
    return `${id} ×${nodes.length}: ${first?.html.slice(0, 160)} (${first?.failureSummary?.split('\n')[1]?.trim()})`;
  });
}

/** axe finds nothing: every rule but the known in light, and in dark the one rule that colours can break. The theme follows the system. */
export async function expectAccessible(page: Page, where: string, known: readonly string[] = []): Promise<void> {
  await page.mouse.move(0, 0);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    await expectRest(page);
    const found = await findings(page, colorScheme === 'light' ? null : ['color-contrast'], known);
    expect.soft(found, `${where}, ${colorScheme}`).toEqual([]);
  }
}
