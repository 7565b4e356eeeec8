import { handle } from '../../runtime/http/handle.ts';
import { systemRoutes } from '../contract/system.ts';

/** Answers without asking anything: it tells that the gateway and the functions work. */
export const getHealth = handle(systemRoutes.getHealth, () => ({ body: { status: 'healthy' as const } }));
