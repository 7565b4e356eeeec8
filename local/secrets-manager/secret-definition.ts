/** How a password is made up: the options of `GetRandomPassword`, and where it goes in the secret's JSON. */
export interface GenerateSecretString {
  SecretStringTemplate?: string | undefined;
  GenerateStringKey?: string | undefined;
  PasswordLength?: number | undefined;
  ExcludeCharacters?: string | undefined;
  ExcludeLowercase?: boolean | undefined;
  ExcludeUppercase?: boolean | undefined;
  ExcludeNumbers?: boolean | undefined;
  ExcludePunctuation?: boolean | undefined;
  IncludeSpace?: boolean | undefined;
  RequireEachIncludedType?: boolean | undefined;
}

/** A secret as its template describes it. */
export interface SecretDefinition {
  name: string;
  /** With the six characters that Secrets Manager puts at its end. */
  arn: string;
  description?: string;
  kmsKeyId?: string;
  /** The value itself, where the template gives one. */
  secretString?: string;
  generate?: GenerateSecretString;
  /**
   * What the database that the secret is attached to adds to its value: engine, host, port, … It is not stored, for a
   * local database may listen elsewhere at the next start.
   */
  attached?: Record<string, string | number>;
}
