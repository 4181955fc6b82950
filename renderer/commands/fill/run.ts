import type { PackageInfo } from '../../../core/contract/packageApi.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import type { Branch, FillJobState, FillOrder, FillRun } from '../../state/fillSession.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { extendToFrame } from '../canvas/extend.ts';
import { report } from '../report.ts';
import { accept } from './accept.ts';
import { candidatesOf, namesOf } from './candidates.ts';
import { orderFill, renewOrder } from './order.ts';
import { readyPackage } from './package.ts';
import { paramsOf } from './params.ts';
import { nextSeed, otherSeed } from './seed.ts';
import { samplingOf } from '../../../core/fill/settings.ts';
import type { FillProgress } from '../../../core/fill/params.ts';

/** Fills what is selected, as the panel is set. While a fill runs, this one waits for it. */
export async function fill(editor: Editor, document: OpenDocument): Promise<void> {
  extendToFrame(document);
  const order = orderFill(editor, document.current);
  editor.fillSettings.rememberPrompt(order.prompt?.text ?? '');
  await request(editor, document, { order, ...nextSeed(editor.fillSettings) });
}

/**
 * Makes the tokens of what is selected noise to the strength that the panel says, and lets the model draw them from there, so
 * that they may change or stay.
 */
export async function repair(editor: Editor, document: OpenDocument): Promise<void> {
  const order = orderFill(editor, document.current, editor.fillSettings.strength);
  editor.fillSettings.rememberPrompt(order.prompt?.text ?? '');
  await request(editor, document, { order, ...nextSeed(editor.fillSettings) });
}

/** Makes the last fill again with another seed, for the same selection; its candidates join the strip. */
export async function fillAgain(editor: Editor, document: OpenDocument): Promise<void> {
  const order = document.fill.last ?? orderFill(editor, document.current);
  await request(editor, document, { order, ...otherSeed(editor.fillSettings) });
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
export function cancelFill(document: OpenDocument): void {
  const { fill } = document;
  fill.queued = [];
  document.removing = null;
  fill.job?.cancel();
}

export async function request(editor: Editor, document: OpenDocument, asked: FillRun): Promise<void> {
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
  const renewed = asked.branch ? asked.order : renewOrder(asked.order, document.current);
  const run = { ...asked, order: { ...renewed, package: stillThere(editor, renewed.package) } };
  const { order, branch } = run;
  const stop = new AbortController();
  const { signal } = stop;
  fill.job = beginJob(order, namesOf(run, fill), performance.now(), () => {
    stop.abort();
  });
  try {
    const { startedAt } = fill.job;
    fill.last = branch?.from.order ?? order;
    await readyPackage(editor, order.package.ref, signal);
    const { picture } = document.current;
    const params = paramsOf(run, document.current);
    if (!branch)
      fill.last = { ...order, previousPins: params.frames.map(({ tokens }) => tokens?.pins ?? []) };
    let stepsOver = startedAt; // ms: when the newest step was done
    const outcome = await editor.engine.call('fill.run', params, {
      signal,
      onProgress: (progress) => {
        if (progress.kind === 'step') stepsOver = performance.now();
        if (fill.job && !signal.aborted) fill.job = follow(fill.job, progress);
      },
    });
    const duration = performance.now() - startedAt;
    fill.lastDuration = duration;
    if (stepsOver > startedAt) fill.stepsShare = (stepsOver - startedAt) / duration;
    const made = {
      sent: params,
      outcome,
      duration,
      version: editor.appInfo?.version ?? '',
    };
    const candidates = candidatesOf(run, made, picture, fill);
    if (run.acceptedAs === undefined) fill.add(candidates);
    else accept(document, candidates[0]!, run.acceptedAs);
  } finally {
    fill.job = null;
    if (asked.acceptedAs !== undefined) document.removing = null;
  }
}

/** The package of a fill that was asked for before; where its server is gone, the same one elsewhere. */
function stillThere(editor: Editor, info: PackageInfo): PackageInfo {
  return editor.packages.byRef(info.ref) ?? editor.packages.byRef(editor.refOf(info)) ?? info;
}

/** A fill before its first step. `startedAt` is ms of performance.now(). */
function beginJob(
  order: FillOrder,
  names: readonly string[],
  startedAt: number,
  cancel: () => void,
): FillJobState {
  const { plans, selection, candidates } = order;
  return {
    plans,
    selection,
    names,
    startedAt,
    done: 0,
    total: samplingOf(order).steps * plans.length,
    candidates,
    frame: 0,
    ids: [],
    previews: Array.from({ length: candidates }, () => plans.map(() => null)),
    cancel,
  };
}

/** The fill after what the engine told of it. */
function follow(job: FillJobState, progress: FillProgress): FillJobState {
  if (progress.kind === 'step') {
    const { frame, done, total, ids } = progress;
    return { ...job, frame, done, total, ids };
  }
  const { candidate, frame, patch } = progress;
  const own = job.previews[candidate];
  return own ? { ...job, previews: job.previews.with(candidate, own.with(frame, patch)) } : job;
}
