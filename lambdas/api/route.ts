export * from '../runtime/route.ts';
