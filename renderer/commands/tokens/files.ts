export { exportRequest } from './filesRequest.ts';
export { importTokens } from './filesImport.ts';
export { exportTokens } from './filesExport.ts';
