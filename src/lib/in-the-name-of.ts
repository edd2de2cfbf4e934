import { AsyncLocalStorage } from "node:async_hooks";

/** Somebody that something is done for; whoever named them knows who it is. */
interface Named {
  readonly by: object;
}

/**
 * All that are named where the program is right now. One for all who name somebody: Node hands each such store on to every
 * promise for as long as the process lives, so that many of them, opened one after another, would slow everything down.
 */
const within = new AsyncLocalStorage<readonly Named[]>();

/**
 * Who something is done for, known to all that is done within, however deep and however late, without anybody having to hand
 * it on.
 */
export class InTheNameOf<T> {
  readonly #who = new WeakMap<Named, T>();
  readonly #otherwise: T;

  /** @param otherwise Who it is where nobody was named */
  constructor(otherwise: T) {
    this.#otherwise = otherwise;
  }

  get who(): T {
    const named = within.getStore()?.find(({ by }) => by === this);
    return (named && this.#who.get(named)) ?? this.#otherwise;
  }

  as<R>(who: T, work: () => R): R {
    const named = { by: this };
    this.#who.set(named, who);
    const others = within.getStore()?.filter(({ by }) => by !== this) ?? [];
    return within.run([...others, named], work);
  }
}
