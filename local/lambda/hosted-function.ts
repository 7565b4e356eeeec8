/** A Lambda function as its template describes it. */
export interface HostedFunction {
  name: string;
  arn: string;
  /** The folder of the bundled code; undefined for inline code and images, which cannot be hosted. */
  assetDirectory: string | undefined;
  /** `index.handler`: a file in the folder, without its extension, and the name that it exports. */
  handler: string;
  /** `nodejs24.x`, … */
  runtime: string;
  timeoutSeconds: number;
  memoryMegabytes: number;
  environment: Record<string, string>;
  logGroupName: string;
}
