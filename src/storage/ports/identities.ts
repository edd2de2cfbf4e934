/**
 * The port to who is behind the names of one channel. Whoever looks names up writes down here what was found, and every
 * claim reads it: nobody is written to twice under two names. Durable when it resolves; tests/contracts/ holds every
 * implementation to it.
 */

/** A person's id, and when the channel last said that it belongs to the name (ms since the epoch). */
export interface FoundPerson {
  readonly id: string;
  /** 0 once it is to be asked for anew. */
  readonly at: number;
}

export interface IdentityStore {
  /** Who was last found under this name, however long ago. */
  whoIs(username: string): Promise<FoundPerson | undefined>;
  /** Names that were asked for and turned out to be this person. */
  namesOf(id: string): Promise<readonly string[]>;
  /** These names were found to be these people. Binds the next claim. @param people By name, their ids */
  found(people: ReadonlyMap<string, string>, at: number): Promise<void>;
  /** The name is to be asked for anew before anybody is written to; who was found under it stays known. */
  askAnew(username: string): Promise<void>;
}

/** Where each channel keeps who is behind its names. */
export interface Identities {
  of(channel: string): Promise<IdentityStore>;
}
