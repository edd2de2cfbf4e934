/** Errors in one shape for every call: RFC 9457 problem details, worded in the language that was asked for. */
import type { InvalidReason } from "../../domain/people/username.ts";
import { withoutDirectionMarks } from "../../lib/text/direction-marks.ts";
import type { SentenceVariables, Words } from "../../words/words.ts";

/** Every problem with its status; its sentence is `api-problem-<code>`. */
const statuses = {
  notJson: 400,
  badQuery: 400,
  noToken: 401,
  foreign: 403,
  off: 404,
  noSuchPath: 404,
  unknownCampaign: 404,
  otherRequest: 409,
  twoSpellings: 409,
  notNow: 409,
  tooLarge: 413,
  mediaType: 415,
  fields: 422,
  taskId: 422,
  noChannel: 422,
  noAccount: 422,
  unknownAccount: 422,
  needsConsent: 422,
  nobody: 422,
  noList: 422,
  column: 422,
  message: 422,
  past: 422,
  window: 422,
  noName: 422,
  tooFast: 429,
  internal: 500,
  notOwner: 503,
} as const;

export type ProblemCode = keyof typeof statuses;

export const problemCodes = Object.keys(statuses).filter(isProblemCode);

function isProblemCode(text: string): text is ProblemCode {
  return Object.hasOwn(statuses, text);
}

/** What is wrong with one part of a body. */
export interface FieldError {
  /** JSON pointer (RFC 6901). */
  readonly at: string;
  readonly detail: string;
}

/** A row of a list that names nobody, from 1. */
export interface InvalidGiven {
  readonly row: number;
  readonly text: string;
  readonly reason: InvalidReason;
}

interface ProblemParts {
  readonly told?: SentenceVariables;
  readonly errors?: (words: Words) => readonly FieldError[];
  readonly invalid?: readonly InvalidGiven[];
  readonly retryAfterS?: number;
}

/** Thrown by whoever answers a call; the interface turns it into its answer. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly code: ProblemCode;
  readonly parts: ProblemParts;

  constructor(code: ProblemCode, parts: ProblemParts = {}) {
    super(code);
    this.code = code;
    this.parts = parts;
  }
}

/** Rows that are told of; how many there are stands in the sentence. */
const MOST_ROWS = 100;

/** The answer to a call that came to nothing. */
export function problemResponse({ code, parts }: ApiProblem, words: Words): Response {
  const status = statuses[code];
  const { told = {}, errors, invalid, retryAfterS } = parts;
  const body = {
    type: `urn:peyk:problem:${code}`,
    title: words.plain(`api-title-${status}`),
    status,
    code,
    detail: withoutDirectionMarks(words.plain(`api-problem-${code}`, plainOf(told))),
    ...(errors
      ? { errors: errors(words).map(({ at, detail }) => ({ at, detail: withoutDirectionMarks(detail) })) }
      : {}),
    ...(invalid ? { invalid: invalid.slice(0, MOST_ROWS) } : {}),
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      "content-type": "application/problem+json",
      "content-language": words.locale,
      "cache-control": "no-store",
      ...(status === 401 ? { "www-authenticate": 'Bearer realm="Peyk"' } : {}),
      ...(retryAfterS === undefined ? {} : { "retry-after": String(retryAfterS) }),
    },
  });
}

function plainOf(told: SentenceVariables): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(told).map(([name, value]) => [name, typeof value === "object" ? value.html : value]),
  );
}
