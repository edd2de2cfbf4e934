/** Whose turns this process takes of the accounts of one channel. */

export interface Holding {
  /** Turns of this account are this process's now. */
  has(account: string): boolean;
  /** Something may be under way through one of them at least. */
  readonly hasAny: boolean;
  /** There is something to do through it here: its turns are asked for, once. */
  want(account: string): void;
  /** Calls the listener whenever an account is given to this process, until the returned function is called. */
  onGiven(listener: (account: string) => void): () => void;
  /** The same for one that is taken: nothing more is begun through it; resolves when what is under way has settled. */
  onTaken(listener: (account: string) => Promise<void>): () => void;
}

const nobody = (): void => undefined;

/** Where one process does everything. */
export const allHeld: Holding = {
  has: () => true,
  hasAny: true,
  want: () => undefined,
  onGiven: () => nobody,
  onTaken: () => nobody,
};
