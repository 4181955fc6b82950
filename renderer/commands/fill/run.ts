import type { Editor } from '../../state/editor.svelte.ts';
import type { Branch, FillRun } from '../../state/fillSession.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { extendToFrame } from '../canvas/extend.ts';
import { report } from '../report.ts';
import { candidatesOf } from './candidates.ts';
import { orderFill, renewOrder } from './order.ts';
import { readyPackage } from './package.ts';
import { paramsOf } from './params.ts';
import { beginJob, follow } from './progress.ts';
import { nextSeed, otherSeed } from './seed.ts';

/** Fills what is selected, as the panel is set. While a fill runs, this one waits for it. */
export async function fill(editor: Editor, document: OpenDocument): Promise<void> {
  extendToFrame(document);
  const order = orderFill(editor, document.current);
  await request(editor, document, { order, seed: nextSeed(editor.fillSettings) });
}

/** Makes the last fill again with another seed, for the same selection; its candidates join the strip. */
export async function fillAgain(editor: Editor, document: OpenDocument): Promise<void> {
  const order = document.fill.last ?? orderFill(editor, document.current);
  await request(editor, document, { order, seed: otherSeed(editor.fillSettings) });
}

/** Goes on from a candidate as it was after some steps; what comes of it joins the strip. */
export async function fillBranch(
  editor: Editor,
  document: OpenDocument,
  branch: Branch,
  seed: number,
): Promise<void> {
  const { order } = branch.from;
  const part = { ...order, plans: [order.plans[branch.frame]!], candidates: branch.candidates };
  await request(editor, document, { order: part, seed, branch });
}

/** Stops the fill under way, and those that wait for it. */
export function cancelFill({ fill }: OpenDocument): void {
  fill.queued = [];
  fill.job?.cancel();
}

async function request(editor: Editor, document: OpenDocument, asked: FillRun): Promise<void> {
  const { fill } = document;
  const waits = fill.job !== null || fill.queued.length > 0;
  fill.queued = [...fill.queued, asked];
  if (waits) {
    editor.notices.done('This fill starts when the one under way is done.');
    return;
  }
  for (let next = fill.queued[0]; next; next = fill.queued[0]) {
    fill.queued = fill.queued.slice(1);
    try {
      await runOne(editor, document, next);
    } catch (error) {
      report(editor, error);
    }
  }
}

/** One fill from its start to the strip of candidates. The document may be edited meanwhile. */
async function runOne(editor: Editor, document: OpenDocument, asked: FillRun): Promise<void> {
  const { fill } = document;
  const run = asked.branch ? asked : { ...asked, order: renewOrder(asked.order, document.current) };
  const { order, branch } = run;
  const stop = new AbortController();
  const { signal } = stop;
  fill.job = beginJob(order, performance.now(), () => {
    stop.abort();
  });
  try {
    const { startedAt } = fill.job;
    fill.last = branch?.from.order ?? order;
    await readyPackage(editor, order.package.id, signal);
    const { picture } = document.current;
    const params = paramsOf(run, document.current);
    if (!branch)
      fill.last = { ...order, previousPins: params.frames.map(({ tokens }) => tokens?.pins ?? []) };
    const outcome = await editor.engine.call('fill.run', params, {
      signal,
      onProgress: (progress) => {
        if (fill.job && !signal.aborted) fill.job = follow(fill.job, progress);
      },
    });
    const duration = performance.now() - startedAt;
    fill.lastDuration = duration;
    const made = {
      sent: params,
      outcome,
      duration,
      version: editor.appInfo?.version ?? '',
    };
    fill.add(candidatesOf(run, made, picture, fill));
  } finally {
    fill.job = null;
  }
}
