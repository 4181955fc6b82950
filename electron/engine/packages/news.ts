import { TesseraError } from '../../../core/base/errors.ts';

/** What happens by itself, for all that listen. */
export interface News<T> {
  tell: (news: T) => void;
  /** Hears of it until the signal is aborted; then it rejects with 'aborted'. */
  follow(signal: AbortSignal, hear: (news: T) => void): Promise<never>;
}

export function createNews<T>(): News<T> {
  const listening = new Set<(news: T) => void>();
  return {
    tell(news) {
      for (const hear of listening) hear(news);
    },
    follow: (signal, hear) =>
      new Promise((_, reject) => {
        listening.add(hear);
        signal.addEventListener(
          'abort',
          () => {
            listening.delete(hear);
            reject(new TesseraError('aborted', 'Stopped.'));
          },
          { once: true },
        );
      }),
  };
}
