/**
 * Short keys for what has long names. Callback data has 64 bytes and a task id alone may have 64 characters, so buttons
 * carry keys, and keys are looked up among what exists at the moment of the press.
 */
import { createHash } from "node:crypto";

const KEY_LENGTH = 10;

/** The key of a task id or username: 10 characters of base64url, 60 bits of its SHA-256. */
export function keyOf(name: string): string {
  return createHash("sha256").update(name).digest("base64url").slice(0, KEY_LENGTH);
}

/** Finds what a key stands for; undefined when it is gone. */
export function byKey<T>(all: readonly T[], key: string, nameOf: (one: T) => string): T | undefined {
  return all.find((one) => keyOf(nameOf(one)) === key);
}
