import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';
import { FillSession } from '../../../../renderer/state/fillSession.svelte.ts';
import { FillSettings } from '../../../../renderer/state/fillSettings.svelte.ts';
import { Notices } from '../../../../renderer/state/notices.svelte.ts';
import { Preferences } from '../../../../renderer/state/preferences.svelte.ts';
import { Tools } from '../../../../renderer/state/tools.svelte.ts';
import { View } from '../../../../renderer/state/view.svelte.ts';

describe('the runes', () => {
  it('tell effects of changes', () => {
    const tools = new Tools();
    const seen: string[] = [];
    const stop = $effect.root(() => {
      $effect(() => {
        seen.push(tools.active);
      });
    });
    flushSync();
    tools.held = 'pan';
    flushSync();
    stop();
    expect(seen).toEqual(['brush', 'pan']);
  });
});
