/** The cloud assembly asks for something the local cloud cannot give; the message names the stack and logical id. */
export class AssemblyError extends Error {
  override name = 'AssemblyError';
}
