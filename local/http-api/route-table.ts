import type { HttpRoute } from './http-api-options.ts';

/** A route that fits a request, with the values of its path variables. */
export interface RouteMatch {
  route: HttpRoute;
  pathParameters: Record<string, string> | undefined;
}

interface CompiledRoute {
  route: HttpRoute;
  method: string;
  segments: Segment[];
}

type Segment =
  | { kind: 'literal'; text: string }
  | { kind: 'variable'; name: string }
  | { kind: 'greedy'; name: string };

const ranks = { literal: 2, variable: 1, greedy: 0 } as const;

/**
 * Compiles routes into a finder by method and decoded path. API Gateway's order decides: a full match of path and
 * method, then a match with a greedy variable, then `$default`; at each segment a literal beats a variable, and at the
 * same path a method beats ANY. Throws on a route key that API Gateway would refuse.
 */
export function compileRoutes(routes: HttpRoute[]): (method: string, path: string) => RouteMatch | undefined {
  const fallback = routes.find(route => route.routeKey === '$default');
  const compiled = routes
    .filter(route => route.routeKey !== '$default')
    .map(compileRoute)
    .sort(mostSpecificFirst);
  return (method, path) => {
    const segments = path.split('/').slice(1);
    for (const candidate of compiled) {
      if (candidate.method !== method && candidate.method !== 'ANY') continue;
      const values = matchSegments(candidate.segments, segments);
      if (values === undefined) continue;
      return {
        route: candidate.route,
        pathParameters: values.length === 0 ? undefined : Object.fromEntries(values),
      };
    }
    return fallback === undefined ? undefined : { route: fallback, pathParameters: undefined };
  };
}

function compileRoute(route: HttpRoute): CompiledRoute {
  const [method, path, ...rest] = route.routeKey.split(' ');
  if (method === undefined || path === undefined || rest.length > 0 || !path.startsWith('/')) {
    throw new Error(`not a route key: "${route.routeKey}"`);
  }
  const segments = path.split('/').slice(1).map(compileSegment);
  if (segments.slice(0, -1).some(segment => segment.kind === 'greedy')) {
    throw new Error(`a greedy variable must come last: "${route.routeKey}"`);
  }
  return { route, method, segments };
}

function compileSegment(text: string): Segment {
  const variable = /^\{([^{}+]+)(\+?)\}$/.exec(text);
  if (variable?.[1] === undefined) return { kind: 'literal', text };
  return { kind: variable[2] === '+' ? 'greedy' : 'variable', name: variable[1] };
}

function mostSpecificFirst(a: CompiledRoute, b: CompiledRoute): number {
  const greedy = Number(isGreedy(a)) - Number(isGreedy(b));
  if (greedy !== 0) return greedy;
  for (let index = 0; index < Math.max(a.segments.length, b.segments.length); index++) {
    const difference = rankAt(b, index) - rankAt(a, index);
    if (difference !== 0) return difference;
  }
  return Number(a.method === 'ANY') - Number(b.method === 'ANY');
}

function isGreedy(candidate: CompiledRoute): boolean {
  return candidate.segments.at(-1)?.kind === 'greedy';
}

function rankAt(candidate: CompiledRoute, index: number): number {
  const segment = candidate.segments[index];
  return segment === undefined ? -1 : ranks[segment.kind];
}

function matchSegments(pattern: Segment[], segments: string[]): [string, string][] | undefined {
  if (segments.length < pattern.length) return undefined;
  const values: [string, string][] = [];
  for (const [index, expected] of pattern.entries()) {
    if (expected.kind === 'greedy') {
      const rest = segments.slice(index).join('/');
      return rest === '' ? undefined : [...values, [expected.name, rest]];
    }
    const actual = segments[index];
    if (actual === undefined || actual === '') {
      if (expected.kind === 'variable' || expected.text !== '') return undefined;
    } else if (expected.kind === 'variable') {
      values.push([expected.name, actual]);
    } else if (expected.text !== actual) {
      return undefined;
    }
  }
  return segments.length === pattern.length ? values : undefined;
}
