/**
 * A value that changes at human pace, whole in the memory of its one writer, and kept as a whole somewhere else. What is
 * read here is what is kept there: a change shows once its write is durable.
 */

/** Where a value is kept. */
export interface ValuePlace<T> {
  /** Answers a value that fits; throws for another one. */
  fit(value: T): T;
  /** Puts it in the place of what is kept; durable when it resolves. */
  write(value: T): Promise<void>;
}

interface Change<T> {
  readonly apply: (value: T) => T | undefined;
  readonly resolve: (made: T | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** A change that was applied, and the value it made. */
interface Applied<T> {
  readonly change: Change<T>;
  readonly made: T;
}

export class KeptValue<T> {
  readonly #place: ValuePlace<T>;
  #value: T;
  #waiting: Change<T>[] = [];
  #isWriting = false;

  /** @param value As it is kept now */
  constructor(value: T, place: ValuePlace<T>) {
    this.#value = value;
    this.#place = place;
  }

  /** The value as it is kept. */
  get(): T {
    return this.#value;
  }

  /** As {@link get}. */
  async read(): Promise<T> {
    return this.#value;
  }

  /**
   * Replaces the value by what `change` makes of it; resolves with that when it is durable. Undefined leaves the value as
   * it is, and is the answer then.
   *
   * Changes are applied in the order of the calls, each to the outcome of those before it; those that wait for a write
   * share the next one. When `change` throws or makes something that doesn't fit, this update alone fails; when the write
   * fails, all that shared it do. The value is then as if they had never been asked for.
   */
  async update(change: (value: T) => T | undefined): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ apply: change, resolve, reject });
      if (!this.#isWriting) void this.#writeWaiting();
    });
  }

  async #writeWaiting(): Promise<void> {
    this.#isWriting = true;
    while (this.#waiting.length > 0) {
      const { value, applied } = this.#applyAll(this.#waiting.splice(0));
      try {
        if (applied.length > 0) await this.#place.write(value);
        this.#value = value;
        for (const { change, made } of applied) change.resolve(made);
      } catch (error) {
        for (const { change } of applied) change.reject(error);
      }
    }
    this.#isWriting = false;
  }

  #applyAll(changes: readonly Change<T>[]): { readonly value: T; readonly applied: readonly Applied<T>[] } {
    let value = this.#value;
    const applied: Applied<T>[] = [];
    for (const change of changes) {
      try {
        const made = change.apply(value);
        if (made === undefined) {
          change.resolve(undefined);
          continue;
        }
        value = this.#place.fit(made);
        applied.push({ change, made: value });
      } catch (error) {
        change.reject(error);
      }
    }
    return { value, applied };
  }
}
