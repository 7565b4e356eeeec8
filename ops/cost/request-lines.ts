import type { Decimal } from 'decimal.js';
import { assumed } from './assumptions.ts';
import type { Line } from './bill.ts';
import type { Inventory } from './inventory.ts';
import type { Volume } from './volume.ts';

const kilobytesPerGigabyte = 1024 ** 2;

/** What a request passes on its way in, and its answer on the way out. */
export function requestLines({ memory, distributions, webAcls }: Inventory, volume: Volume): Line[] {
  const { requests, perMonth } = volume;
  const million = (count: Decimal) => count.div(1_000_000);
  const milliseconds = perMonth
    .times(assumed('transferMilliseconds'))
    .plus(requests.minus(perMonth).times(assumed('readMilliseconds')));
  const bytesOut = requests.times(assumed('responseKilobytes')).div(kilobytesPerGigabyte);
  return [
    { service: 'API Gateway', what: 'requests', quantity: million(requests), price: 'httpApi' },
    { service: 'Lambda', what: 'requests of the API', quantity: million(requests), price: 'lambdaRequests' },
    {
      service: 'Lambda',
      what: 'time of the API',
      quantity: milliseconds.div(1000).times(memory.api),
      price: 'lambdaDuration',
    },
    { service: 'Data transfer', what: 'answers', quantity: bytesOut, price: 'dataOut' },
    { service: 'X-Ray', what: 'traces', quantity: million(requests.times(assumed('tracedShare'))), price: 'traces' },
    {
      service: 'Cognito',
      what: 'monthly active users',
      quantity: perMonth.div(assumed('transfersPerUser')),
      price: 'activeUser',
    },
    ...(distributions > 0
      ? [{ service: 'CloudFront', what: 'requests', quantity: million(requests), price: 'cdnRequests' }]
      : []),
    ...(webAcls > 0
      ? [{ service: 'WAF', what: 'requests', quantity: million(requests), price: 'webAclRequests' }]
      : []),
  ];
}
