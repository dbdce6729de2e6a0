import { expect, type Page } from '@playwright/test';

const PASSWORD = 'four unrelated words';

/** Walks past every place that asks for a password, from the start page on, and has each looked at: a project made with one, its change,
 *  the lock screen before and after a wrong word, and the question at opening. */
export async function walkPasswords(page: Page, look: (where: string) => Promise<void>): Promise<void> {
  await page.getByTestId('new-name').fill('Locked');
  await page.getByTestId('encrypt').check();
  await page.getByTestId('new-password').fill(PASSWORD);
  await look('a new password');
  await page.getByTestId('new-password-again').fill(PASSWORD);
  await page.getByTestId('create-project').click();
  await expect(page.getByTestId('project-map')).toBeVisible();
  await page.getByTestId('security').getByRole('button').nth(1).click();
  await expect(page.getByTestId('security-form')).toBeVisible();
  await look('another password');
  await page.keyboard.press('Control+l');
  await expect(page.getByTestId('lock-screen')).toBeVisible();
  await look('the lock screen');
  await page.getByTestId('password').fill('another word');
  await page.getByTestId('password-submit').click();
  await expect(page.getByTestId('error-notice')).toBeVisible();
  await look('the lock screen after a wrong password');
  await page.getByTestId('lock-screen').getByRole('button').last().click();
  await expect(page.getByTestId('home')).toBeVisible();
  await page.getByTestId('home').locator('.file-list button').first().click();
  await expect(page.getByTestId('password-prompt')).toBeVisible();
  await look('the question for a password');
}
