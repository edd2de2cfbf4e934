/** What lets another program in: a token of which Peyk keeps a name and a hash, never the token itself. */

import { isHookName } from "./webhook.ts";

export interface ApiToken {
  /** Stands in what is kept of deeds; see {@link isTokenName}. */
  readonly name: string;
  /** SHA-256 of the token, in hexadecimal. */
  readonly hash: string;
  /** Who made it: the id of an operator, or the name of a program or login. */
  readonly by: string;
  /** ms since the epoch */
  readonly at: number;
}

/** Each can start campaigns, so nobody needs many. */
export const MOST_TOKENS = 20;

/** Tells whether a text can be a token's name; no number is one: those are operators. */
export function isTokenName(text: string): boolean {
  return isHookName(text);
}
