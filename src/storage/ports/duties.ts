/**
 * The port of duties: work that one process at a time does, whoever of those that share the store is willing to. It spares
 * double work and shares it out; it never decides who was messaged. That is the claim's, and holds also where two
 * processes take a duty for theirs, as when one wakes up that was frozen.
 */

/** A plain name, with `/` between its parts: `account/x/shop`, `chat`. Never with a `:`. */
export type DutyName = string;

/** Does a duty for as long as it is held. */
export type DutyWork = (held: AbortSignal) => Promise<void>;

/** That a process is willing. Disposed of, it is taken back: the work was told to stop and has come to its end. */
export type Offer = AsyncDisposable;

/** A duty that somebody holds. */
export interface Holding {
  readonly duty: DutyName;
  /** The name of the process that holds it. */
  readonly worker: string;
  /** ms since the epoch */
  readonly since: number;
}

export interface Offering {
  /** This process is not fit to do it well: it is given to it only where nobody else is willing. */
  readonly isAtNeed?: boolean;
}

export interface Duties {
  /**
   * Says that this process is willing. `work` is called whenever the duty is given to it, and goes on until `held` aborts:
   * the duty was lost, is handed on to another, or the offer was taken back. Once it resolves nothing of it may be under
   * way any more, and only then another holds the duty, unless this process was silent for too long. Work that ends by
   * itself, or throws, is given away anew after a pause. Offered again while an offer stands, the later one waits for the
   * earlier one to be taken back.
   */
  offer(duty: DutyName, work: DutyWork, how?: Offering): Offer;
  /** Who holds what, in the order of the names, for those who look. */
  holders(): Promise<readonly Holding[]>;
}
