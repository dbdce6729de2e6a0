import { expect, type Page } from '@playwright/test';
import { expectRest } from './axe.ts';

const SLACK_PRESSES = 150;

/** What a walk with the Tab key through the screen as it stands has missed. */
interface TabFindings {
  /** Controls that Tab never came to. */
  readonly unreached: readonly string[];
  /** Controls that look the same with and without the focus. */
  readonly unseen: readonly string[];
  /** Controls that had the focus outside of the window or wholly beneath something else. */
  readonly hidden: readonly string[];
  /** Controls that came before one that stands earlier in the page. */
  readonly outOfOrder: readonly string[];
  /** Places that answer a click and no key. */
  readonly mouseOnly: readonly string[];
  readonly controls: number;
}

interface TabWatch {
  /** How many controls are still to come. */
  left(): number;
  findings(): Promise<TabFindings>;
}

/** Runs in the page: notes at each Tab where the focus stands and how that looks. */
function watchTabs(): number {
  const CONTROLS =
    'a[href], button, input:not([type="hidden"]), select, textarea, summary, [tabindex], [contenteditable="true"], [role="button"], [role="link"], [role="tab"], [role="checkbox"], [role="switch"], [role="option"]';
  /** Within these one Tab comes to the group, and arrow keys to its parts. */
  const GROUPS =
    '[role="tablist"], [role="radiogroup"], [role="listbox"], [role="menu"], [role="grid"], [role="slider"]';
  const name = (element: Element) => {
    const said = element.getAttribute('aria-label') ?? element.textContent ?? '';
    const id = element.closest('[data-testid]')?.getAttribute('data-testid') ?? '';
    return `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} “${said.trim().slice(0, 40)}” in ${id}`;
  };
  // Nothing that glides into its look: each press is read where it ends.
  const still = new CSSStyleSheet();
  still.replaceSync('*, *::before, *::after { transition: none !important; animation: none !important; }');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, still];

  const isShown = (element: Element) =>
    element.checkVisibility({ visibilityProperty: true }) &&
    element.getClientRects().length > 0 &&
    element.closest('[aria-hidden="true"], [inert]') === null;
  const isOff = (element: Element) => element.matches(':disabled, [aria-disabled="true"]');
  const isPart = (element: Element) => {
    if (element instanceof HTMLInputElement && element.type === 'radio') {
      const group = [...document.querySelectorAll<HTMLInputElement>('input[type="radio"]')].filter(
        (other) => other.name === element.name && element.name !== '',
      );
      return group.some((other) => other !== element && (other.checked || (!element.checked && other === group[0])));
    }
    // The arrows of a number field do what the arrow keys do in it. The library keeps the cross that empties a choice for the mouse.
    if (element.matches('.ant-input-number-action, .ant-select-clear')) return true;
    const around = element.parentElement;
    // A button that fills a place to which Tab comes is that place.
    const isFilling = around?.getAttribute('tabindex') === '0' && around.childElementCount === 1;
    return element.getAttribute('tabindex') === '-1' && (isFilling || around?.closest(GROUPS) != null);
  };
  /** A place that only a program focuses, as a heading that a jump leads to, is no control. */
  const isControl = (element: Element) =>
    element.getAttribute('tabindex') !== '-1' ||
    element.matches('a[href], button, input, select, textarea, [role="button"]');
  const all = [...document.querySelectorAll(CONTROLS)].filter(
    (element) => isControl(element) && isShown(element) && !isOff(element) && !isPart(element),
  );
  const wanted = new Set(all);

  const look = (element: Element) =>
    [element, element.parentElement, element.parentElement?.parentElement, element.nextElementSibling]
      .filter((shown) => shown != null)
      .map((shown) =>
        ['', '::before', '::after']
          .map((part) => {
            const { outline, outlineOffset, boxShadow, borderColor, backgroundColor, textDecoration } =
              getComputedStyle(shown, part);
            return [outline, outlineOffset, boxShadow, borderColor, backgroundColor, textDecoration].join();
          })
          .join(),
      )
      .join();
  const isUncovered = (element: Element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const x = Math.min(Math.max((left + right) / 2, 0), window.innerWidth - 1);
    const seen: boolean[] = [0.5, 0.1, 0.9].map((share) => {
      const y = top + (bottom - top) * share;
      if (y < 0 || y >= window.innerHeight || right <= 0 || left >= window.innerWidth) return false;
      // The tooltip of the control before is on its way out.
      const at = document
        .elementsFromPoint(x, y)
        .find((found) => found.closest('[role="tooltip"], .ant-tooltip') === null);
      return (
        at !== undefined &&
        (element.contains(at) ||
          at.contains(element) ||
          at.closest('label')?.contains(element) === true ||
          element.parentElement?.contains(at) === true)
      );
    });
    return seen.includes(true);
  };

  const before = new Map<Element, string>(all.map((element) => [element, look(element)]));
  const order: Element[] = [];
  const unseen: string[] = [];
  const covered: Element[] = [];
  const read = () => {
    const now = document.activeElement;
    if (now === null || !wanted.delete(now)) return;
    order.push(now);
    if (look(now) === before.get(now)) unseen.push(name(now));
    if (!isUncovered(now)) covered.push(now);
  };
  (document.activeElement as HTMLElement | null)?.blur();
  window.getSelection()?.collapse(document.body, 0);

  /** The browser may still be scrolling to a control when the next Tab leaves it: one that seemed covered is given the focus again, and a second. */
  const staysCovered = async (element: Element) => {
    (document.activeElement as HTMLElement | null)?.blur();
    (element as HTMLElement).focus();
    for (let frame = 0; frame < 60; frame++) {
      if (isUncovered(element)) return false;
      await new Promise(requestAnimationFrame);
    }
    return true;
  };

  const ended = new AbortController();
  document.addEventListener('keydown', (event) => event.key === 'Tab' && read(), {
    capture: true,
    signal: ended.signal,
  });

  const watch: TabWatch = {
    left() {
      read();
      return [...wanted].filter((element) => element.isConnected && isShown(element) && !isOff(element)).length;
    },
    async findings() {
      ended.abort();
      const hidden: string[] = [];
      for (const element of covered) if (await staysCovered(element)) hidden.push(name(element));
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== still);
      const outOfOrder = order.flatMap((element, index) => {
        const next = order[index + 1];
        // Once around, from the last back to the first, is no step back.
        const isBack =
          next !== undefined &&
          next !== all[0] &&
          (element.compareDocumentPosition(next) & Node.DOCUMENT_POSITION_PRECEDING) !== 0;
        return isBack ? [`${name(next)} after ${name(element)}`] : [];
      });
      const mouseOnly = [...document.querySelectorAll('#root *')].filter(
        (element) =>
          getComputedStyle(element).cursor === 'pointer' &&
          element.parentElement !== null &&
          getComputedStyle(element.parentElement).cursor !== 'pointer' &&
          isShown(element) &&
          element.closest(`${CONTROLS}, label`) === null &&
          element.querySelector(CONTROLS) === null,
      );
      return {
        unreached: [...wanted]
          .filter((element) => element.isConnected && isShown(element) && !isOff(element))
          .map(name),
        unseen,
        hidden,
        outOfOrder,
        mouseOnly: mouseOnly.map(name),
        controls: all.length,
      };
    },
  };
  (window as unknown as { tabWatch: TabWatch }).tabWatch = watch;
  return all.length;
}

/** Tab comes to every control of the screen as it stands, in the order of the page, nowhere stays caught, and it is seen each time where the focus is. */
export async function expectTabReaches(page: Page, where: string): Promise<number> {
  await expectRest(page);
  const controls = await page.evaluate(watchTabs);
  const left = () => page.evaluate(() => (window as unknown as { tabWatch: TabWatch }).tabWatch.left());
  // A first press may start in the middle of the page, and more may have come meanwhile: a few times around at most.
  for (let pressed = 1; pressed < 3 * controls + SLACK_PRESSES; pressed++) {
    await page.keyboard.press('Tab');
    if (pressed >= controls && (await left()) === 0) break;
  }
  await left();
  const { controls: count, ...findings } = await page.evaluate(() =>
    (window as unknown as { tabWatch: TabWatch }).tabWatch.findings(),
  );
  expect.soft(findings, where).toEqual({ unreached: [], unseen: [], hidden: [], outOfOrder: [], mouseOnly: [] });
  return count;
}
