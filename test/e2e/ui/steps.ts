import { AxeBuilder } from '@axe-core/playwright';
import type { ElectronApplication, Locator, Page } from '@playwright/test';
import { PATIENT } from '../support/steps.ts';
import { expect } from '../support/test.ts';

/** Where the picture is shown. */
export function picture(page: Page): Locator {
  return page.locator('.picture-canvas');
}

/** Opens one of the pictures that come with Tessera, as a newcomer does. */
export async function openSample(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
  await expect(picture(page)).toBeVisible();
  await expect(page.getByRole('button', { name: /^Fill/ })).toBeVisible();
}

/** Draws a short stroke with the current tool; shares of the canvas's width and height. */
export async function stroke(
  page: Page,
  from: readonly [number, number],
  to: readonly [number, number],
): Promise<void> {
  const box = (await picture(page).boundingBox())!;
  const at = ([x, y]: readonly [number, number]): [number, number] => [
    box.x + x * box.width,
    box.y + y * box.height,
  ];
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at(to), { steps: 8 });
  await page.mouse.up();
}

/** Fills what is selected, and waits until candidates can be chosen from. */
export async function fill(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Fill/ }).click();
  await expect(candidates(page).first()).toBeVisible(PATIENT);
}

/** Presses and lets go at a place; shares of the canvas's width and height. */
export async function clickAt(page: Page, at: readonly [number, number]): Promise<void> {
  await stroke(page, at, at);
}

/** Opens the Tokens panel, and waits until the tokens of the picture are known and the codes drawn. */
export async function openTokens(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Tokens' }).click();
  await expect(page.getByText(/^Tokens: \d+ × \d+$/)).toBeVisible(PATIENT);
  await expect(page.getByRole('progressbar', { name: 'Drawing the codes' })).toHaveCount(0, PATIENT);
}

export function candidates(page: Page): Locator {
  return page.getByRole('listbox', { name: 'Candidates' }).getByRole('option');
}

/** Opens a dialog by its keys, with the focus on the picture. */
export async function openDialog(page: Page, keys: string): Promise<void> {
  await picture(page).focus();
  await page.keyboard.press(keys);
  await expect(page.getByRole('dialog')).toBeVisible();
}

export async function closeDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

/** Makes the system look dark or light. */
export async function setTheme(app: ElectronApplication, page: Page, theme: 'dark' | 'light'): Promise<void> {
  await app.evaluate(({ nativeTheme }, theme) => {
    nativeTheme.themeSource = theme;
  }, theme);
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
}

/** What axe finds wrong, in words; by some of its rules, or by all. */
export async function violations(page: Page, rules?: readonly string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  const found = await (rules ? axe.withRules([...rules]) : axe).analyze();
  return found.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id}: ${help} (${target.join(' ')})`),
  );
}

/** Names of controls that cannot be reached by the pointer although they are in sight: something lies over them. */
export function covered(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const scope = document.querySelector('dialog[open]') ?? document.body;
    const controls = [...scope.querySelectorAll<HTMLElement>('button, select, input:not(.unseen)')];
    return controls.filter(isCovered).map((control) => control.ariaLabel ?? control.innerText);

    function isCovered(control: HTMLElement): boolean {
      const { left, top, width, height } = control.getBoundingClientRect();
      const x = left + width / 2;
      const y = top + height / 2;
      if (width === 0 || !control.checkVisibility() || isScrolledAway(control, x, y)) return false;
      const hit = document.elementFromPoint(x, y);
      return hit === null || !(control.contains(hit) || hit.contains(control));
    }

    function isScrolledAway(control: Element, x: number, y: number): boolean {
      for (let parent = control.parentElement; parent !== null; parent = parent.parentElement) {
        if (!/auto|scroll/.test(getComputedStyle(parent).overflow)) continue;
        const { left, top, right, bottom } = parent.getBoundingClientRect();
        if (x < left || x >= right - 1 || y < top || y >= bottom - 1) return true;
      }
      return false;
    }
  });
}

/** How far the page is larger than the window, px. */
export function overflow(page: Page): Promise<{ x: number; y: number }> {
  return page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement;
    return { x: scrollWidth - window.innerWidth, y: scrollHeight - window.innerHeight };
  });
}
