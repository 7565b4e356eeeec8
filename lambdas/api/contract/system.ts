import { route } from '../../runtime/route.ts';
import * as schemas from '../schemas/system.ts';

/** The routes of the capability `system`. */
export const systemRoutes = {
  getHealth: route({
    method: 'GET',
    path: '/health',
    capability: 'system',
    summary: 'Tell whether the API answers',
    roles: 'public',
    status: 200,
    reply: schemas.health,
    refusals: [],
  }),
  getOpenApi: route({
    method: 'GET',
    path: '/openapi.json',
    capability: 'system',
    summary: 'Read the OpenAPI description of the API',
    roles: 'public',
    status: 200,
    media: ['application/json'],
    reply: schemas.file,
    refusals: [],
  }),
  getReference: route({
    method: 'GET',
    path: '/docs',
    capability: 'system',
    summary: 'Read about the API in a browser',
    roles: 'public',
    status: 200,
    media: ['text/html'],
    reply: schemas.file,
    refusals: [],
  }),
  getReferenceFile: route({
    method: 'GET',
    path: '/docs/{file}',
    capability: 'system',
    summary: 'Read a script or a style of the page about the API',
    roles: 'public',
    params: schemas.fileParam,
    status: 200,
    media: ['text/css', 'text/javascript', 'text/plain'],
    reply: schemas.file,
    refusals: ['ROUTE_NOT_FOUND'],
  }),
} as const;
