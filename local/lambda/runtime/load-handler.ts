import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export type Handler = (event: unknown, context: object) => unknown;

/** An error that Lambda's runtime itself raises; its name is what callers see as `errorType`. */
export class RuntimeError extends Error {
  constructor(name: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = `Runtime.${name}`;
  }
}

function findModule(taskRoot: string, path: string): string {
  const file = ['.js', '.mjs', '.cjs'].map(extension => join(taskRoot, path + extension)).find(existsSync);
  if (file === undefined) throw new RuntimeError('ImportModuleError', `Error: Cannot find module '${path}'`);
  return file;
}

async function importModule(file: string): Promise<unknown> {
  try {
    return await import(pathToFileURL(file).href);
  } catch (error) {
    if (error instanceof SyntaxError) throw new RuntimeError('UserCodeSyntaxError', String(error), { cause: error });
    throw error;
  }
}

function member(holder: unknown, name: string): unknown {
  if ((typeof holder !== 'object' && typeof holder !== 'function') || holder === null) return undefined;
  return Reflect.get(holder, name);
}

/**
 * Loads what a function's handler setting names, `folder/file.export`, as Lambda's Node.js runtime does
 * (https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html). Throws the runtime's own errors, or whatever the
 * module throws while it loads. Handlers that take a callback are refused, as they are from Node.js 24 on.
 */
export async function loadHandler(taskRoot: string, setting: string): Promise<Handler> {
  const [, path, exported] = /^((?:.*\/)?[^./]+)\.(.+)$/.exec(setting) ?? [];
  if (path === undefined || exported === undefined) throw new RuntimeError('MalformedHandlerName', 'Bad handler');
  const module = await importModule(findModule(taskRoot, path));
  // A CommonJS module's exports may be visible on its default export only.
  const handler = [module, member(module, 'default')]
    .map(root => exported.split('.').reduce(member, root))
    .find(candidate => candidate !== undefined);
  if (handler === undefined) throw new RuntimeError('HandlerNotFound', `${setting} is undefined or not exported`);
  if (typeof handler !== 'function') throw new RuntimeError('HandlerNotFound', `${setting} is not a function`);
  if (handler.length >= 3) {
    throw new RuntimeError('CallbackHandlerDeprecated', `${setting} takes a callback: return a promise instead`);
  }
  return (event, context) => handler(event, context);
}
