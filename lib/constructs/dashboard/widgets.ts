import { Duration } from 'aws-cdk-lib';
import { Color, GraphWidget, type IMetric, type IWidget, MathExpression, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';

const third = 8;

/** A graph, a third of the dashboard wide. */
export function graph(title: string, left: readonly IMetric[], right: readonly IMetric[] = []): GraphWidget {
  return new GraphWidget({ title, width: third, height: 6, left: [...left], right: [...right] });
}

/** As `graph`, with a line where the alarm is raised. */
export function graphTo(limit: number, title: string, left: readonly IMetric[]): GraphWidget {
  return new GraphWidget({
    title,
    width: third,
    height: 6,
    left: [...left],
    leftAnnotations: [{ value: limit, label: 'alarm', color: Color.RED }],
  });
}

/** A row's heading, with a word on what it shows. */
export function heading(title: string, about: string): IWidget {
  return new TextWidget({ markdown: `## ${title}\n${about}`, width: 24, height: 2 });
}

/**
 * All metrics that a search finds, each a line of its own, those of things to come included
 * (CloudWatch User Guide, "Search expressions").
 */
export function found(search: string, statistic: string, period = Duration.minutes(1)): MathExpression {
  return new MathExpression({
    expression: `SEARCH('${search}', '${statistic}', ${period.toSeconds()})`,
    usingMetrics: {},
    label: '',
    period,
  });
}

/** The sum of all metrics that a search finds. */
export function totalOf(
  label: string,
  search: string,
  statistic: string,
  period = Duration.minutes(5),
): MathExpression {
  return new MathExpression({
    expression: `SUM(SEARCH('${search}', '${statistic}', ${period.toSeconds()}))`,
    usingMetrics: {},
    label,
    period,
  });
}
