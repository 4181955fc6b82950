import { TesseraError } from '../../../../core/ipc/errors.ts';
import type { TokenApi } from '../../../../core/ipc/tokenApi.ts';
import type { Handlers } from '../handler.ts';

const missing = (): Promise<never> => Promise.reject(new TesseraError('internal', 'This is not there yet.'));

/** Everything about tokens. */
export function tokenMethods(): Pick<Handlers, keyof TokenApi> {
  return {
    'tokens.encode': missing,
    'tokens.paint': missing,
    'tokens.suggest': missing,
    'tokens.measure': missing,
    'tokens.read': missing,
    'tokens.write': missing,
    'package.swatches': missing,
    'fill.compose': missing,
  };
}
