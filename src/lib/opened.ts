/** What was opened so far, to be closed again in reverse: at the end, or when what comes next can't be opened. */
export class Opened implements AsyncDisposable {
  readonly #held: AsyncDisposable[] = [];

  /** Takes something that is open and answers it. */
  hold<T extends AsyncDisposable>(one: T): T {
    this.#held.push(one);
    return one;
  }

  /** Closes all of it, each after those that were opened later, whatever fails. Throws the first error once all was tried. */
  async [Symbol.asyncDispose](): Promise<void> {
    const errors: unknown[] = [];
    for (const one of this.#held.splice(0).toReversed())
      await Promise.resolve(one[Symbol.asyncDispose]()).catch((error: unknown) => errors.push(error));
    if (errors.length > 0) throw errors[0];
  }
}

/** Opens what stands on several things. When any of it can't be opened those that are get closed, and its error is thrown. */
export async function openTogether<T>(open: (opened: Opened) => Promise<T>): Promise<T> {
  const opened = new Opened();
  try {
    return await open(opened);
  } catch (error) {
    await opened[Symbol.asyncDispose]().catch(() => undefined); // what went wrong first is what is told
    throw error;
  }
}
