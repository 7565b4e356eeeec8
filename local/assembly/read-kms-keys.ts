import * as z from 'zod';
import type { KmsAliasDefinition, KmsKeyDefinition } from '../kms/key-definition.ts';
import { keySpecs, keyUsages } from '../kms/key-specs.ts';
import { flag, quantity } from './property-schemas.ts';
import type { ResolvedAssembly } from './resolved-assembly.ts';

const keySchema = z.object({
  Description: z.string().default(''),
  KeySpec: z.enum(keySpecs).default('SYMMETRIC_DEFAULT'),
  KeyUsage: z.enum(keyUsages).default('ENCRYPT_DECRYPT'),
  Enabled: flag.default(true),
  EnableKeyRotation: flag.default(false),
  RotationPeriodInDays: quantity.optional(),
});
const aliasSchema = z.object({ AliasName: z.string(), TargetKeyId: z.string() });

/** A key of the assembly. */
export interface AssemblyKmsKey extends KmsKeyDefinition {
  stack: string;
  logicalId: string;
}

/** The KMS keys. */
export function readKmsKeys(assembly: ResolvedAssembly): AssemblyKmsKey[] {
  return assembly.ofType('AWS::KMS::Key').map(resource => {
    const properties = resource.read(keySchema);
    return {
      stack: resource.stack,
      logicalId: resource.logicalId,
      id: resource.ref(),
      arn: resource.attribute('Arn'),
      spec: properties.KeySpec,
      usage: properties.KeyUsage,
      enabled: properties.Enabled,
      rotation: properties.EnableKeyRotation,
      ...(properties.RotationPeriodInDays !== undefined && { rotationPeriodInDays: properties.RotationPeriodInDays }),
      description: properties.Description,
    };
  });
}

/** The names of KMS keys; a template gives a name's target by id or ARN. */
export function readKmsAliases(assembly: ResolvedAssembly): KmsAliasDefinition[] {
  return assembly
    .ofType('AWS::KMS::Alias')
    .map(resource => resource.read(aliasSchema))
    .map(({ AliasName, TargetKeyId }) => ({ name: AliasName, keyId: TargetKeyId.replace(/^arn:.*:key\//, '') }));
}
