import { expect, type Page } from '@playwright/test';
import type { Input, Output, RequestName } from '../../shared/contract/index.ts';
import type { Reply } from '../../shared/contract/reply.ts';
import type { WindowBridge } from '../../shared/window/bridge.ts';

/** Asks the host behind a page what the page itself may ask, so that a test can hold the screen against the engine.
 *  Requests other than `app.*` go to the project open on the page. */
export async function askHost<N extends RequestName>(page: Page, name: N, input: Input<N>): Promise<Output<N>> {
  const reply = (await page.evaluate(
    async (request) => {
      const projectId = window.sessionStorage.getItem('workbench.project');
      const isApp = request.name.startsWith('app.');
      const { workbench } = window as unknown as { readonly workbench?: WindowBridge };
      if (workbench === undefined) {
        const token = window.sessionStorage.getItem('workbench.token');
        const response = await fetch('/api/call', {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: JSON.stringify(isApp ? request : { ...request, projectId }),
        });
        return response.json();
      }
      if (isApp) return workbench.call(request.name, request.input);
      const lineId = 1_000_000 + Math.floor(Math.random() * 1_000_000);
      const port = await new Promise<MessagePort>((resolve) => {
        window.addEventListener('message', ({ data, ports }) => {
          if (data?.lineId === lineId && ports[0] !== undefined) resolve(ports[0]);
        });
        void workbench.connect(projectId ?? '', lineId);
      });
      const answer = new Promise((resolve) => {
        port.onmessage = ({ data }) => resolve(JSON.parse(data.body));
      });
      port.postMessage({ type: 'call', id: 1, body: JSON.stringify(request) });
      return answer.finally(() => port.close());
    },
    { name, input },
  )) as Reply<Output<N>>;
  if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply.error)}`);
  return reply.value;
}

/** Makes a project on the start page and waits for its map. */
export async function createProject(page: Page, name: string): Promise<void> {
  await page.getByTestId('new-name').fill(name);
  await page.getByTestId('create-project').click();
  await expect(page.getByTestId('project-map')).toBeVisible();
}

/** The same with a password. */
export async function createEncryptedProject(page: Page, name: string, password: string): Promise<void> {
  await page.getByTestId('encrypt').check();
  await page.getByTestId('new-password').fill(password);
  await page.getByTestId('new-password-again').fill(password);
  await createProject(page, name);
}

/** Brings the screens to a language with the button that a person would press. */
export async function showIn(page: Page, language: 'zh-CN' | 'en'): Promise<void> {
  const button = page.getByTestId('language');
  await expect(button).toBeVisible();
  if ((await button.getAttribute('lang')) === language) {
    await button.click();
    // The button's hint would stay over what is beneath it.
    await page.mouse.move(0, 0);
  }
  await expect(button).toHaveAttribute('lang', language === 'en' ? 'zh-CN' : 'en');
}

/** Chooses light or dark as the settings page does, and waits until it shows. */
export async function showTheme(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.getByTestId('rail-settings').click();
  await page
    .getByTestId('settings')
    .locator('.ant-segmented-item')
    .nth(theme === 'light' ? 1 : 2)
    .click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
}
