import {
  AccountRootPrincipal,
  type Conditions,
  PolicyDocument,
  PolicyStatement,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';

/**
 * Everything an administrator needs and CloudFormation does. No encrypting or decrypting, no MACs, and no
 * kms:CreateGrant, which would hand those to anybody.
 */
const administration = [
  'kms:CancelKeyDeletion',
  'kms:CreateAlias',
  'kms:DeleteAlias',
  'kms:DescribeKey',
  'kms:DisableKey',
  'kms:EnableKey',
  'kms:EnableKeyRotation',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListGrants',
  'kms:ListKeyPolicies',
  'kms:ListKeyRotations',
  'kms:ListResourceTags',
  'kms:PutKeyPolicy',
  'kms:RevokeGrant',
  'kms:RotateKeyOnDemand',
  'kms:ScheduleKeyDeletion',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateAlias',
  'kms:UpdateKeyDescription',
];

/** What somebody may use a key for, and under which conditions. */
export interface KeyUse {
  readonly actions: readonly string[];
  /** ARNs of the roles. IAM must allow them, too. Without them it is IAM alone that says who. */
  readonly roleArns?: readonly string[];
  /** A service of AWS's in place of the account: nobody has it act by IAM. */
  readonly service?: string;
  readonly conditions?: Conditions;
}

/**
 * The policy of a key that is for a few uses only. The CDK's default lets IAM give any power over a key to anybody in
 * the account; here IAM can give the named uses alone, to the named roles alone where there are any, so that not even an
 * administrator's policy opens it: that takes a change of the key's policy, which CloudTrail records. The roles are named
 * in a condition, for KMS refuses a principal that does not exist yet, and the key comes before them (KMS Developer
 * Guide, "Key policies").
 */
export function keyPolicy(uses: readonly KeyUse[]): PolicyDocument {
  const account = new AccountRootPrincipal();
  return new PolicyDocument({
    statements: [
      new PolicyStatement({
        sid: 'Administration',
        principals: [account],
        actions: administration,
        // In a key policy, `*` is the key itself.
        resources: ['*'],
      }),
      ...uses.map(
        ({ actions, roleArns, service, conditions }) =>
          new PolicyStatement({
            principals: [service === undefined ? account : new ServicePrincipal(service)],
            actions: [...actions],
            resources: ['*'],
            conditions: { ...conditions, ...(roleArns && { ArnEquals: { 'aws:PrincipalArn': roleArns } }) },
          }),
      ),
    ],
  });
}
