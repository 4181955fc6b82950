import { describe, expect, it, vi } from 'vitest';
import { lazy } from '../../../../native-models/runtime/lazy.ts';

describe('lazy', () => {
  it('makes the value on first use, once, also for callers at the same time', async () => {
    const make = vi.fn(() => Promise.resolve({}));
    const value = lazy(make);
    expect(make).not.toHaveBeenCalled();
    const [a, b] = await Promise.all([value.get(), value.get()]);
    expect(a).toBe(b);
    expect(await value.get()).toBe(a);
    expect(make).toHaveBeenCalledTimes(1);
  });

  it('forgets a failure, so that the next call tries again', async () => {
    const make = vi.fn(() => Promise.resolve('made')).mockRejectedValueOnce(new Error('not yet'));
    const value = lazy(make);
    const both = await Promise.allSettled([value.get(), value.get()]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await value.get()).toBe('made');
    expect(make).toHaveBeenCalledTimes(2);
  });

  it('gives the value back to be freed, once', async () => {
    const free = vi.fn(() => Promise.resolve());
    const value = lazy(() => Promise.resolve('made'));
    await value.release(free);
    expect(free).not.toHaveBeenCalled();
    await value.get();
    await value.release(free);
    await value.release(free);
    expect(free.mock.calls).toEqual([['made']]);
  });
});
