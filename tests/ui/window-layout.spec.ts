// One window that grows from one column to three: boxes measured, so that call and directory never hide each other.
import type { Locator } from 'playwright/test';
import { expect, test } from './page.ts';

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

async function box(locator: Locator): Promise<Box> {
  const found = await locator.boundingBox();
  if (!found) throw new Error('It is not drawn.');
  return found;
}

const overlap = (a: Box, b: Box) =>
  Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)) *
  Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y));

const sizes = [
  { width: 360, height: 480 },
  { width: 400, height: 680 },
  { width: 700, height: 480 },
  { width: 960, height: 600 },
  { width: 1400, height: 900 },
];

for (const size of sizes) {
  test(`at ${size.width} by ${size.height} the list stays in reach beside a call, and End call is whole`, async ({
    open,
  }) => {
    const page = await open('connected&platform=linux', size);
    const list = await box(page.locator('.directory-list'));
    const call = await box(page.locator('.dock'));
    const end = page.getByRole('button', { name: 'End call' });
    await expect(end).toBeInViewport({ ratio: 1 });
    expect(overlap(list, call), 'list and call lie side by side or one under the other').toBeLessThan(1);
    expect(list.height, 'at least a row of the list').toBeGreaterThanOrEqual(48);
    const navigation = await box(page.getByRole('navigation', { name: 'Views' }));
    expect(overlap(call, navigation)).toBeLessThan(1);
  });
}

test('one column, two from 700 px, three from 960 px', async ({ open }) => {
  const columns = async (width: number) => {
    const page = await open('connected&platform=linux', { width, height: 680 });
    const list = await box(page.locator('.col.list'));
    const call = await box(page.locator('.dock'));
    const navigation = await box(page.getByRole('navigation', { name: 'Views' }));
    return { beside: call.x >= list.x + list.width - 1, rail: navigation.width <= 60 };
  };
  expect(await columns(699)).toEqual({ beside: false, rail: false });
  expect(await columns(700)).toEqual({ beside: true, rail: false });
  expect(await columns(960)).toEqual({ beside: true, rail: true });
});

test('three calls at the smallest size still leave the field, a row and End call', async ({ open }) => {
  const page = await open('connected&platform=linux', { width: 360, height: 480 });
  await page.evaluate(() =>
    window.fake.set((state) => {
      const [first] = state.calls;
      if (!first || first.phase.name !== 'connected') return {};
      const held = { ...first.phase, hold: { byUs: true, byThem: false, since: 0 } };
      return { calls: [first, { ...first, id: 'b', phase: held }, { ...first, id: 'c', phase: held }] };
    }),
  );
  await expect(page.locator('.dock section')).toHaveCount(3);
  await expect(page.getByRole('combobox', { name: 'Name or number' })).toBeInViewport({ ratio: 1 });
  const end = page.getByRole('button', { name: 'End call' }).first();
  await end.scrollIntoViewIfNeeded();
  await expect(end).toBeInViewport({ ratio: 1 });
});
