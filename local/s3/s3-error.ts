/** A refusal of S3: its code on the wire, the status, and headers that go with it. */
export class S3Error extends Error {
  override readonly name = 'S3Error';
  readonly code: string;
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(code: string, status: number, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.headers = headers;
  }
}

export const noSuchBucket = () => new S3Error('NoSuchBucket', 404, 'The specified bucket does not exist');
export const noSuchKey = (headers = {}) => new S3Error('NoSuchKey', 404, 'The specified key does not exist.', headers);
export const noSuchVersion = () => new S3Error('NoSuchVersion', 404, 'The specified version does not exist.');
export const invalidRequest = (message: string) => new S3Error('InvalidRequest', 400, message);
export const invalidArgument = (message: string) => new S3Error('InvalidArgument', 400, message);
export const badDigest = (what: string) =>
  new S3Error('BadDigest', 400, `The ${what} you specified did not match the calculated checksum.`);
export const preconditionFailed = () =>
  new S3Error('PreconditionFailed', 412, 'At least one of the pre-conditions you specified did not hold');
export const accessDenied = (message: string) => new S3Error('AccessDenied', 403, message);
export const malformedXml = () =>
  new S3Error('MalformedXML', 400, 'The XML you provided was not well-formed or did not validate against our schema.');
export const methodNotAllowed = (headers = {}) =>
  new S3Error('MethodNotAllowed', 405, 'The specified method is not allowed against this resource.', headers);
export const notImplemented = (what: string) => new S3Error('NotImplemented', 501, `${what} is not served here`);
