import type { Editor } from '../state/editor.svelte.ts';
import type { ToolId } from '../state/tools.svelte.ts';
import { createTools } from './createTools.ts';
import { FloatTool } from './float.ts';
import { isClicked, KeyboardPointer } from './keyboardPointer.svelte.ts';
import type { PointerInput, Overlay, Tool } from './tool.ts';
import type { Point } from '../state/view.svelte.ts';

/** Buttons of PointerEvent.button. */
const PRIMARY = 0;
const MIDDLE = 1;
const KEYBOARD = -1; // holds a tool as a button does

/**
 * Gives what the pointer does to the current tool. A gesture stays with the tool that began it, whichever is chosen
 * meanwhile; the middle button always pans, and the others do nothing.
 */
export class Toolbox {
  private readonly editor: Editor;
  private readonly tools: Readonly<Record<ToolId, Tool>>;
  private readonly float: FloatTool;
  readonly keys = new KeyboardPointer();
  private busy: { tool: Tool; button: number } | null = null;
  private hovered: PointerInput | null = null;

  constructor(editor: Editor, tools = createTools(editor)) {
    this.editor = editor;
    this.tools = tools;
    this.float = new FloatTool(editor);
    editor.tools.press = () => {
      if (this.current.press) this.current.press();
      else this.pressByKey();
    };
  }

  /** The first press shows the keyboard's pointer; from then on each is a click, or begins and ends what is held. */
  private pressByKey(): void {
    const { editor, keys } = this;
    const document = editor.active;
    if (document?.floating !== null) return;
    if (keys.show(document, editor.pointer)) return;
    const isHeld = this.busy?.button === KEYBOARD && editor.gesture !== null; // Escape may have ended it
    if (this.busy && !isHeld) this.busy = null;
    const input = keys.input(document, true);
    if (!input) return;
    if (isHeld) this.up(input, KEYBOARD);
    else {
      const tool = this.current;
      this.busy = { tool, button: KEYBOARD };
      tool.down(input);
      if (isClicked(tool.id)) this.up(input, KEYBOARD);
    }
  }

  /** The tool that would act now: while a selection floats it is moved, whichever tool is chosen. */
  get current(): Tool {
    const { tools, active } = this.editor;
    const floats = active?.floating != null && tools.temporary === null;
    return this.busy?.tool ?? (floats ? this.float : this.tools[tools.active]);
  }

  /** Whether a button is held. */
  get isBusy(): boolean {
    return this.busy !== null;
  }

  down(input: PointerInput, button: number): void {
    if (this.busy || (button !== PRIMARY && button !== MIDDLE)) return;
    const tool = button === MIDDLE ? this.tools.pan : this.current;
    this.busy = { tool, button };
    this.hovered = null;
    tool.down(input);
  }

  /** The pointer was here, one after the other. */
  move(inputs: readonly PointerInput[]): void {
    if (this.busy?.button === KEYBOARD) return; // until the keyboard lets go
    this.keys.hide();
    for (const input of inputs) {
      if (this.busy) this.busy.tool.move(input);
      else this.current.hover(input);
    }
    if (!this.busy) this.hovered = inputs.at(-1) ?? null;
  }

  up(input: PointerInput, button: number): void {
    if (this.busy?.button === button) this.end(input);
  }

  /** Ends the gesture under way, whichever button began it. */
  end(input: PointerInput): void {
    const tool = this.busy?.tool;
    this.busy = null;
    tool?.up(input);
  }

  double(input: PointerInput): void {
    this.current.double?.(input);
  }

  leave(): void {
    this.hovered = null;
    if (!this.busy) this.current.leave?.();
  }

  nudge(step: Point, shift: boolean): boolean {
    const document = this.editor.active;
    if (!document || !this.keys.at) return this.current.nudge?.(step, shift) ?? false;
    this.keys.move(document, step, shift);
    const input = this.keys.input(document, this.busy !== null);
    if (input && this.busy) this.busy.tool.move(input);
    else if (input) this.current.hover(input);
    return true;
  }

  /** Gives up what is under way in every tool: another tool was chosen, or another document. */
  cancel(): void {
    this.busy = null;
    this.keys.hide();
    for (const tool of [this.float, ...Object.values(this.tools)]) tool.cancel();
  }

  overlays(): readonly Overlay[] {
    const { current } = this;
    if (current === this.float) return current.overlays();
    const chosen = this.tools[this.editor.tools.chosen];
    // What was begun stays in sight while the view is dragged.
    const begun = current === chosen ? [] : chosen.overlays();
    const document = this.editor.active;
    const cross = document ? this.keys.overlays(document) : [];
    return [...begun, ...current.overlays(), ...this.modeOverlay(current), ...cross];
  }

  private modeOverlay(tool: Tool): Overlay[] {
    const { hovered } = this;
    const mode = hovered && (tool.mode?.(hovered) ?? null);
    return hovered === null || mode === null || mode === 'replace'
      ? []
      : [{ kind: 'mode', at: hovered, mode }];
  }
}
