/** One value that changes at human pace, whatever it is kept in: what stores that are a document each are made of. */
export interface KeptDocument<T> {
  /** As it is kept. */
  read(): Promise<T>;
  /**
   * Puts what `change` makes of it in its place; resolves with that when it is durable. Undefined leaves it as it is, and is
   * the answer then. Of two changes at the same moment the later one is made of what the earlier one made, so `change` may be
   * called more than once.
   */
  update(change: (from: T) => T | undefined): Promise<T | undefined>;
}
