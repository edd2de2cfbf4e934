/**
 * Values by name that several processes may share: each answers at once with what it saw last, and changes a value as it
 * stands where it is kept.
 */
import type { KeptValue } from "./kept-value.ts";

export interface KnownValues<T> {
  /** As it was seen last; others may have changed it since. */
  get(name: string): T | undefined;
  /** Durable when it resolves. `to` may be asked more than once. */
  change(name: string, to: (from: T | undefined) => T): Promise<void>;
}

/** All of them in one value, which is this process's alone. */
export function valuesIn<T>(kept: KeptValue<Readonly<Record<string, T>>>): KnownValues<T> {
  return {
    get: (name) => kept.get()[name],
    change: async (name, to) => void (await kept.update((all) => ({ ...all, [name]: to(all[name]) }))),
  };
}

/** For as long as this process lives. */
export function valuesInMemory<T>(): KnownValues<T> {
  const all = new Map<string, T>();
  return {
    get: (name) => all.get(name),
    change: async (name, to) => void all.set(name, to(all.get(name))),
  };
}
