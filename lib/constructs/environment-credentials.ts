/**
 * Stands in for `@aws-sdk/credential-provider-node`, which looks for credentials everywhere that a machine may have them: Lambda puts those of a
 * function's role into its environment. With the other places come clients of SSO and STS, and Node.js's own of HTTP, which loads `fetch` as
 * well: together a third of the start of a function that only makes a Data API client.
 * Source: Lambda Developer Guide, "Defined runtime environment variables".
 */
export function defaultProvider() {
  return async () => {
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
    if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) {
      throw new Error('The environment has no credentials: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY');
    }
    return {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
    };
  };
}
