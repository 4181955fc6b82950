import type { ErrorShape } from '../../core/base/errors.ts';

/** One sentence for the person, and what to do about it. */
export interface Notice {
  readonly id: number;
  readonly kind: 'error' | 'done';
  readonly message: string;
  readonly hint?: string;
}

/** What the person is told beside the work; errors stay until they are closed. */
export class Notices {
  list = $state.raw<readonly Notice[]>([]);
  private count = 0;

  error({ message, hint }: ErrorShape): void {
    this.add({ kind: 'error', message, ...(hint === undefined ? {} : { hint }) });
  }

  done(message: string): void {
    this.add({ kind: 'done', message });
  }

  close(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id);
  }

  /** What is said again is not said twice. */
  private add(notice: Omit<Notice, 'id'>): void {
    const others = this.list.filter(({ message }) => message !== notice.message);
    this.list = [...others, { ...notice, id: ++this.count }];
  }
}
