// The same for files without markup.
export { getRuntime, getRuntimeRx } from './window.loader.ts';
