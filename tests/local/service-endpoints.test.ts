import { expect, test } from 'vitest';
import { serviceEndpoints } from '../../local/service-endpoints.ts';

const local = { 'rds-data': 'http://127.0.0.1:1', 'cognito-identity-provider': 'http://127.0.0.1:2' };

test('functions find the local services under the names that every SDK reads', () => {
  expect(serviceEndpoints(local, { HOME: '/root' })).toEqual({
    byService: local,
    variables: {
      AWS_ENDPOINT_URL_RDS_DATA: 'http://127.0.0.1:1',
      AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: 'http://127.0.0.1:2',
    },
  });
});

test('a service that the environment names takes the place of the local one, or joins them', () => {
  const environment = { AWS_ENDPOINT_URL_RDS_DATA: 'http://aurora', AWS_ENDPOINT_URL_KMS: 'http://localstack' };
  const { byService, variables } = serviceEndpoints(local, environment);
  expect(byService['rds-data']).toBe('http://aurora');
  expect(variables).toMatchObject({
    AWS_ENDPOINT_URL_RDS_DATA: 'http://aurora',
    AWS_ENDPOINT_URL_KMS: 'http://localstack',
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: 'http://127.0.0.1:2',
  });
});
