/**
 * The port to the content of what other stores keep by id. It is a stream and a size, never a path: who needs a file of
 * this disk writes one and removes it.
 */
export interface StoredFile {
  /** bytes */
  readonly size: number;
  /** Reads it from its start, as often as it is asked for. */
  open(): AsyncIterable<Uint8Array>;
}
