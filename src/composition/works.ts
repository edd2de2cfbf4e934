/**
 * Work on the whole, such as reading what people answer, that one process at a time does: begun when it is given to this one,
 * ended when it is taken, and perhaps begun again. Where this process is alone it has all of it, from the first moment on.
 */
import type { Duties, DutyName, Offer } from "../storage/ports/duties.ts";

export interface Work {
  begin(): Promise<void> | void;
  /** Resolves when nothing of it is under way any more; it may be begun again. */
  end(): Promise<void> | void;
}

export class Works implements AsyncDisposable {
  readonly #duties: Pick<Duties, "offer"> | undefined;
  readonly #offers: Offer[] = [];

  /** @param duties Absent where this process is alone */
  constructor(duties: Pick<Duties, "offer"> | undefined) {
    this.#duties = duties;
  }

  /** Where this process is alone it resolves once the work has begun, and whoever stops the process ends it. */
  async offer(duty: DutyName, work: Work): Promise<void> {
    if (!this.#duties) return work.begin();
    this.#offers.push(this.#duties.offer(duty, (held) => keepAt(work, held)));
  }

  /** Willing to do nothing any more; resolves when nothing that was given is under way. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#offers.map((offer) => offer[Symbol.asyncDispose]()));
  }
}

/** What can't begin is given away anew. */
async function keepAt(work: Work, held: AbortSignal): Promise<void> {
  try {
    await work.begin();
    await new Promise<void>((resolve) => {
      if (held.aborted) resolve();
      else held.addEventListener("abort", () => resolve(), { once: true });
    });
  } finally {
    await work.end();
  }
}
