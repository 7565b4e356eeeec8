/** The ids in examples, the same wherever the same thing is meant. */
export const account = '0198d5f0-7a1c-7c3e-9b52-3f1f6a2f4b01';
export const customer = '5f0d7a52-3c0e-4a53-8f1e-0c8f6a1d2b77';
export const transaction = '0198d5f1-02b4-7d0e-8a55-6f0c7b9d1e42';
export const alert = '0198d5f3-6e0d-7a44-8c21-1b7d9e3f5a60';
export const hold = '0198d5f4-1f3b-7c92-b0d7-6a5e4c3b2a10';
export const order = '0198d5f5-2a4c-7d83-91c6-7b6f5d4e3c21';
export const analyst = '9b1f2c3d-4e5a-4b6c-8d7e-0f1a2b3c4d5e';
export const auditLog = '0198d5f1-02b5-7e21-9c40-2d6b8a1f3c77';
export const reconciliation = '0198d5f6-3b5d-7e94-82d7-8c7a6e5f4d32';
export const hash = '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d';
