/** What a program may ask the collector for, and what it is told when it can't be had. */
import type { CollectRequest, CollectResult } from "../app/leads/leads.ts";
import { ValidationError } from "../domain/errors.ts";

export interface CollectOptions {
  readonly source: string;
  /** As a person would write them; read by the source. */
  readonly targets: readonly string[];
  /** How many of all targets together; or how many of each. One of the two. */
  readonly count?: number;
  readonly perTarget?: number;
  /** Absent: a name made from the targets, so that the same request finds its list again. */
  readonly list?: string;
  /** Calls to the source at most. */
  readonly maxCalls?: number;
  /** Which of several very same requests is meant, from 1; the same one given again is told and not repeated. */
  readonly again?: number;
  /** Stops it: what is there is kept, and the same request goes on. */
  readonly signal?: AbortSignal;
  /** It returns, unfinished, when the source lets it wait for longer, in ms; default 16 minutes. */
  readonly longestWaitMs?: number;
}

/** @throws {ValidationError} naming the option that is wrong, as plain JavaScript may give it */
export function requestOf({
  source,
  targets,
  count,
  perTarget,
  list,
  maxCalls,
  again = 1,
}: CollectOptions): CollectRequest {
  if ((count === undefined) === (perTarget === undefined))
    throw new ValidationError("collect: give one of count and perTarget.");
  if (!Array.isArray(targets) || !targets.every((text: unknown) => typeof text === "string"))
    throw new ValidationError("targets: expected an array of texts.");
  for (const [name, number] of Object.entries({ maxCalls, again }))
    if (number !== undefined && !(Number.isInteger(number) && number >= 1))
      throw new ValidationError(`${name}: expected a whole number from 1.`);
  return {
    targets: targets.map((text) => ({ source, text })),
    count: count ?? perTarget ?? 0,
    ...(perTarget === undefined ? {} : { isEach: true }),
    ...(list === undefined ? {} : { list }),
    ...(maxCalls === undefined ? {} : { maxCalls }),
    time: again,
  };
}

/** Why nothing was begun, in a sentence for who wrote the program. */
export function refusalOf(refusal: Extract<CollectResult, { ok: false }>): string {
  switch (refusal.problem) {
    case "unknownSource":
      return `collect: no source is called ${JSON.stringify(refusal.source)}.`;
    case "badTarget":
      return `collect: ${JSON.stringify(refusal.text)} is no target (${refusal.reason}).`;
    case "badCount":
      return "collect: expected a whole number from 1.";
    case "badListName":
      return "collect: a list's name has letters, digits, _, - and ., 64 at most.";
    case "otherKind":
      return `collect: ${refusal.list} holds people or posts, and never both.`;
    case "badTime":
      return `collect: again is ${refusal.next} at most.`;
    case "busy":
      return `collect: ${refusal.list} is busy with another request, for ${refusal.count}.`;
  }
}
