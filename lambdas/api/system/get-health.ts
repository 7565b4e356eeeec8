import { handle } from '../../runtime/http/handle.ts';
import { contract } from '../contract.ts';

/** Answers without asking anything: it tells that the gateway and the functions work. */
export const getHealth = handle(contract.getHealth, () => ({ body: { status: 'healthy' as const } }));
