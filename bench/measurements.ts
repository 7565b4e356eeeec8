/** What clients saw of one route in one round. */
export interface Round {
  /** How long the clients really sent. */
  seconds: number;
  /** Milliseconds from sending each request to the end of its answer. */
  latencies: number[];
  /** Answers by status. */
  statuses: Record<string, number>;
  /** Requests without an answer: connections that failed, and time-outs. */
  errors: number;
}

/** What is told of a route: times in milliseconds, the rate in requests a second. */
export interface RouteFigures {
  requests_per_second: number;
  p50_ms: number;
  p99_ms: number;
  max_ms: number;
  answers_2xx: number;
  answers_4xx: number;
  answers_5xx: number;
  answers_other: number;
  errors: number;
}

/** A transfer's figures over those of the route that it is measured against. */
export interface Ratios {
  requests_per_second: number;
  p50: number;
  p99: number;
}

/** Puts a route's rounds together. Percentiles are by nearest rank over every answer of every round. */
export function figuresOf(rounds: readonly Round[]): RouteFigures {
  const latencies = Float64Array.from(rounds.flatMap(round => round.latencies)).sort();
  const seconds = sum(rounds.map(round => round.seconds));
  const byClass = (digit: number) => sum(rounds.map(round => answersOf(round, digit)));
  const answers = sum(rounds.flatMap(round => Object.values(round.statuses)));
  const [good, bad, broken] = [byClass(2), byClass(4), byClass(5)];
  return {
    requests_per_second: seconds === 0 ? 0 : good / seconds,
    p50_ms: percentile(latencies, 50),
    p99_ms: percentile(latencies, 99),
    max_ms: percentile(latencies, 100),
    answers_2xx: good,
    answers_4xx: bad,
    answers_5xx: broken,
    answers_other: answers - good - bad - broken,
    errors: sum(rounds.map(round => round.errors)),
  };
}

/** Compares a route with the one it is measured against. */
export function ratiosOf(route: RouteFigures, reference: RouteFigures): Ratios {
  return {
    requests_per_second: route.requests_per_second / reference.requests_per_second,
    p50: route.p50_ms / reference.p50_ms,
    p99: route.p99_ms / reference.p99_ms,
  };
}

/** The value by nearest rank; 0 of none. */
export function percentile(sorted: Float64Array, percent: number): number {
  const rank = Math.ceil((percent / 100) * sorted.length);
  return sorted[Math.max(rank, 1) - 1] ?? 0;
}

function answersOf(round: Round, digit: number): number {
  return sum(
    Object.entries(round.statuses)
      .filter(([status]) => status.startsWith(String(digit)))
      .map(([, count]) => count),
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
