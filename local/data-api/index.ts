export { DataApiError } from './errors.ts';
export { type DataApiOptions, startDataApi } from './server.ts';
export { serveDataApi } from './standalone.ts';
