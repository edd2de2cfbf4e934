/** Tokens of pages: opaque, at least 16 characters, good for one list only, until they are all forgotten. */
import { invalidRequest } from "./refusals.ts";

export class PageTokens {
  #generation = 0;

  /** @param list What is paged through, e.g. `followers 123` */
  make(list: string, position: string): string {
    return Buffer.from(`${this.#generation}|${list}|${position}`.padEnd(16, "|")).toString("base64url");
  }

  /** @throws Refused for a token of another list, one that was forgotten, and one that never was */
  read(parameter: string, token: string, list: string): string {
    const [generation, ofList, position] = Buffer.from(token, "base64url").toString("utf8").split("|");
    const isKnown = generation === String(this.#generation) && ofList === list && position !== undefined;
    if (token.length < 16 || !isKnown)
      throw invalidRequest(
        parameter,
        token,
        `The \`${parameter}\` query parameter value [${token}] is not valid`,
      );
    return position;
  }

  /** From now on every token handed out before is refused. */
  forgetAll(): void {
    this.#generation += 1;
  }
}

/** Cuts the page out of a list, and names where the next one begins. */
export function pageOf<T>(
  rows: readonly T[],
  start: number,
  size: number,
): { page: readonly T[]; next?: number } {
  const end = start + size;
  return { page: rows.slice(start, end), ...(end < rows.length ? { next: end } : {}) };
}
