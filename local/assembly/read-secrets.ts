import * as z from 'zod';
import type { SecretDefinition } from '../secrets-manager/secret-definition.ts';
import { flag, quantity } from './property-schemas.ts';
import type { ResolvedAssembly } from './resolved-assembly.ts';
import { secretName } from './resource-types.ts';

const secretSchema = z.object({
  Name: z.string().optional(),
  Description: z.string().optional(),
  KmsKeyId: z.string().optional(),
  SecretString: z.string().optional(),
  GenerateSecretString: z
    .object({
      SecretStringTemplate: z.string().optional(),
      GenerateStringKey: z.string().optional(),
      PasswordLength: quantity.optional(),
      ExcludeCharacters: z.string().optional(),
      ExcludeLowercase: flag.optional(),
      ExcludeUppercase: flag.optional(),
      ExcludeNumbers: flag.optional(),
      ExcludePunctuation: flag.optional(),
      IncludeSpace: flag.optional(),
      RequireEachIncludedType: flag.optional(),
    })
    .optional(),
});
const attachmentSchema = z.object({ SecretId: z.string(), TargetId: z.string() });

/** A secret of the assembly. */
export interface AssemblySecret extends SecretDefinition {
  stack: string;
  logicalId: string;
  /** The identifier of the database cluster that it is attached to, and that completes it with its address. */
  attachedTo?: string;
}

/** The secrets, with what their values are generated from. */
export function readSecrets(assembly: ResolvedAssembly): AssemblySecret[] {
  const attachments = new Map(
    assembly
      .ofType('AWS::SecretsManager::SecretTargetAttachment')
      .map(resource => resource.read(attachmentSchema))
      .map(attachment => [attachment.SecretId, attachment.TargetId]),
  );
  return assembly.ofType('AWS::SecretsManager::Secret').map(resource => {
    const properties = resource.read(secretSchema);
    const { stack, logicalId } = resource;
    const arn = resource.ref();
    const target = attachments.get(arn);
    return {
      stack,
      logicalId,
      arn,
      name: secretName({ stack, logicalId, property: () => properties.Name }),
      ...(properties.Description !== undefined && { description: properties.Description }),
      ...(properties.KmsKeyId !== undefined && { kmsKeyId: properties.KmsKeyId }),
      ...(properties.SecretString !== undefined && { secretString: properties.SecretString }),
      ...(properties.GenerateSecretString && { generate: properties.GenerateSecretString }),
      ...(target !== undefined && { attachedTo: target }),
    };
  });
}
