import { expect, type Page } from '@playwright/test';

interface PlaceInProject {
  readonly name: string;
  readonly rail: string;
  /** What leads on from the page of the rail; null where that is the page itself. */
  readonly button: string | null;
  readonly shows: string;
}

const onRail = (name: string, shows = name): PlaceInProject => ({ name, rail: name, button: null, shows });

/** Every page of an open project that is not a step. */
export const PAGES: readonly PlaceInProject[] = [
  onRail('map', 'project-map'),
  onRail('data'),
  onRail('jobs'),
  onRail('reports'),
  onRail('audit'),
  onRail('settings'),
  { name: 'offline', rail: 'settings', button: 'open-offline', shows: 'offline-page' },
  onRail('help'),
  { name: 'glossary', rail: 'help', button: 'help-glossary', shows: 'glossary' },
];

/** Opens a page as a person does. @param openRail presses an entry of the rail, which may be folded */
export async function openPage(
  page: Page,
  { rail, button, shows }: PlaceInProject,
  openRail: (entry: string) => Promise<void>,
): Promise<void> {
  await openRail(rail);
  if (button !== null) await page.getByTestId(button).click();
  await expect(page.getByTestId(shows)).toBeVisible();
}
