import { expect, test } from '../support/test.ts';
import { openSample } from './steps.ts';

/** Of a control, what colours tell. */
const colours = (element: Element): string[] => {
  const { backgroundColor, color, outlineWidth } = getComputedStyle(element);
  return [backgroundColor, color, outlineWidth];
};

test('states are seen with forced colours and with more contrast', async ({ launch }) => {
  const { page, screenshot } = await launch({ size: { width: 1280, height: 720 } });
  await openSample(page, 'Coffee');
  const told = async (on: string, off: string, role: 'button' | 'tab'): Promise<void> => {
    const find = (name: string) => page.getByRole(role, { name, exact: true }).evaluate(colours);
    expect(await find(on)).not.toEqual(await find(off));
  };
  for (const media of [{ forcedColors: 'active' }, { contrast: 'more' }] as const) {
    await page.emulateMedia(media);
    await told('Mask brush', 'Mask eraser', 'button');
    await told('Fill', 'Tokens', 'tab');
    await screenshot(`contrast/${'contrast' in media ? 'more' : 'forced'}`);
    await page.emulateMedia({ forcedColors: null, contrast: null });
  }
});
