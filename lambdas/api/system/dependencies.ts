/** What the handlers of this capability need. */
export interface SystemCapability {
  /** Reads one of the files that lie beside the function. */
  readReferenceFile(name: string): Promise<Uint8Array>;
}
