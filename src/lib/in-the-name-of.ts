import { AsyncLocalStorage } from "node:async_hooks";

/**
 * Who something is done for, known to all that is done within, however deep and however late, without anybody having to hand
 * it on.
 */
export class InTheNameOf<T> {
  readonly #within = new AsyncLocalStorage<T>();
  readonly #otherwise: T;

  /** @param otherwise Who it is where nobody was named */
  constructor(otherwise: T) {
    this.#otherwise = otherwise;
  }

  get who(): T {
    return this.#within.getStore() ?? this.#otherwise;
  }

  as<R>(who: T, work: () => R): R {
    return this.#within.run(who, work);
  }
}
