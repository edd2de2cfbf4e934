/**
 * Somebody who was erased: what stands in the place of their names and ids wherever something must stand there. It is a
 * username like any other to whoever counts or compares, and nobody's on any platform.
 */

/** Digits of the keyed hash: too many to meet by chance, few enough for a name. */
export const ERASED_DIGITS = 24;

const ERASED = /^erased_[0-9a-f]{24}$/;

/** @param digits Of the keyed hash of a name or an id */
export function erasedName(digits: string): string {
  return `erased_${digits}`;
}

/** Tells whether a name stands for somebody who was erased. */
export function isErased(name: string): boolean {
  return ERASED.test(name);
}

/** All that one person is known by, as it is to be erased. */
export interface PersonToErase {
  /** Normalised. */
  readonly names: readonly string[];
  /** Of any platform. */
  readonly ids: readonly string[];
}
