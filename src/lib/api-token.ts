import { createHash, randomBytes } from "node:crypto";

/** How every token begins, so that one that got somewhere it should not is found and known for what it is. */
const PREFIX = "peyk_";

/** Makes a token that nobody can guess: `peyk_` and 32 random bytes as base64url. */
export function newApiToken(): string {
  return `${PREFIX}${randomBytes(32).toString("base64url")}`;
}

/** What is kept of a token: 256 random bits need neither salt nor a slow hash. */
export function tokenHash(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
