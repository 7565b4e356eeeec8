import type { KeySpec, KeyUsage } from './key-specs.ts';

/** A KMS key as a template describes it. */
export interface KmsKeyDefinition {
  /** A UUID. */
  id: string;
  arn: string;
  spec: KeySpec;
  usage: KeyUsage;
  enabled: boolean;
  /** Whether AWS would give it new material by itself every so often; symmetric encryption keys only. */
  rotation: boolean;
  /** 365 unless told. */
  rotationPeriodInDays?: number;
  description: string;
}

/** A name for a key. */
export interface KmsAliasDefinition {
  /** Starts with `alias/`. */
  name: string;
  keyId: string;
}
