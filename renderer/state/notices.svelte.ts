import type { ErrorShape } from '../../core/base/errors.ts';

const MOST = 3; // messages at a time; more cover the work

/** A button of a message. */
export interface NoticeAction {
  readonly label: string;
  run(): void;
}

/** One sentence for the person, and what to do about it. */
export interface Notice {
  readonly id: number;
  readonly kind: 'error' | 'done';
  readonly message: string;
  readonly hint?: string;
  /** What a person may want to do next. */
  readonly action?: NoticeAction;
  /** Whether it is still true; it leaves by itself when it is not. */
  readonly holds?: () => boolean;
}

/** What the person is told beside the work, newest first. Errors stay until they hold no longer, or are closed. */
export class Notices {
  list = $state.raw<readonly Notice[]>([]);
  private count = 0;

  error({ message, hint }: ErrorShape, holds?: () => boolean): void {
    this.add({
      kind: 'error',
      message,
      ...(hint === undefined ? {} : { hint }),
      ...(holds === undefined ? {} : { holds }),
    });
  }

  done(message: string, action?: NoticeAction): void {
    this.add({ kind: 'done', message, ...(action === undefined ? {} : { action }) });
  }

  close(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id);
  }

  /** Closes those that are not true any more. */
  sweep(): void {
    const left = this.list.filter(({ holds }) => holds?.() ?? true);
    if (left.length < this.list.length) this.list = left;
  }

  /** What is said again is not said twice. */
  private add(notice: Omit<Notice, 'id'>): void {
    const others = this.list.filter(({ message }) => message !== notice.message);
    this.list = [{ ...notice, id: ++this.count }, ...others].slice(0, MOST);
  }
}
