import { describe, expect, it } from 'vitest';
import { FillSession, type WaitingCandidate } from '../../../../renderer/state/fillSession.svelte.ts';

function candidates(...ids: number[]): WaitingCandidate[] {
  return ids.map((id) => ({ id }) as WaitingCandidate);
}

function sessionWith(...ids: number[]): FillSession {
  const session = new FillSession();
  session.add(candidates(...ids));
  return session;
}

describe('the strip of candidates', () => {
  it('shows the first of those that came last', () => {
    const session = sessionWith(1, 2);
    expect(session.current?.id).toBe(1);
    session.add(candidates(3, 4));
    expect(session.current?.id).toBe(3);
    session.add([]);
    expect(session.current?.id).toBe(3);
  });

  it('goes round', () => {
    const session = sessionWith(1, 2, 3);
    session.show(-1);
    expect(session.currentId).toBe(3);
    session.show(1);
    session.show(1);
    expect(session.currentId).toBe(2);
  });

  it.each([
    [1, 2],
    [2, 3],
    [3, 2],
  ])('without %s shows %s', (gone, shown) => {
    const session = sessionWith(1, 2, 3);
    session.currentId = gone;
    session.remove(({ id }) => id === gone);
    expect(session.currentId).toBe(shown);
  });

  it('stays where it is while others go, and shows nothing when it is empty', () => {
    const session = sessionWith(1, 2, 3);
    session.currentId = 2;
    session.remove(({ id }) => id === 1);
    expect(session.currentId).toBe(2);
    session.remove(() => true);
    expect(session.current).toBeNull();
    session.show(1);
    expect(session.currentId).toBeNull();
  });

  it('numbers its candidates', () => {
    const session = new FillSession();
    expect([session.nextId(), session.nextId()]).toEqual([1, 2]);
  });
});
