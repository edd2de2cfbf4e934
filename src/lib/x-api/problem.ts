/**
 * What an answer that is no success says about itself, in one shape for all the shapes that X uses: a problem of its
 * version 2, the same inside `errors`, the numbered errors of version 1, and those of its login.
 */
import { z } from "zod";

export interface XProblem {
  /** Of HTTP. An answer of 200 may hold a problem as well. */
  readonly status: number;
  /** True when the answer was JSON; anything else comes from the edge of X's network, not from the service. */
  readonly isJson: boolean;
  /** Last parts of the addresses that name the kind, e.g. `resource-not-found`; `about:blank` names none. */
  readonly types: readonly string[];
  /** Numbers of version 1, e.g. 88. */
  readonly codes: readonly number[];
  /** Titles, details and reasons one after the other, for recognising and never for showing. */
  readonly words: string;
  /** Names of the parameters that were found wrong. */
  readonly parameters: readonly string[];
  /** Kinds of the resources that it is about, e.g. `user`. */
  readonly resources: readonly string[];
  /** YYYY-MM-DD, when a cap that the owner set begins anew. */
  readonly resetDate?: string;
}

const text = z.string().optional().catch(undefined);
const itemSchema = z.object({
  title: text,
  detail: text,
  type: text,
  reason: text,
  message: text,
  error: text,
  error_description: text,
  parameter: text,
  resource_type: text,
  reset_date: text,
  code: z.number().optional().catch(undefined),
  parameters: z.record(z.string(), z.unknown()).optional().catch(undefined),
});
const bodySchema = itemSchema.extend({ errors: z.array(itemSchema).optional().catch(undefined) });

const NOTHING_SAID = { types: [], codes: [], words: "", parameters: [], resources: [] } as const;

/** Reads whatever the body says of what went wrong; understands every body, a missing one too. */
export function problemIn(status: number, body: unknown): XProblem {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) return { ...NOTHING_SAID, status, isJson: body !== undefined };
  const items = [parsed.data, ...(parsed.data.errors ?? [])];
  const resetDate = items.map((item) => item.reset_date).find((day) => /^\d{4}-\d{2}-\d{2}$/.test(day ?? ""));
  return {
    status,
    isJson: true,
    types: [...new Set(items.flatMap(({ type }) => kindOf(type)))],
    codes: items.flatMap(({ code }) => code ?? []),
    words: items.flatMap(wordsOf).join(" | "),
    parameters: items.flatMap(({ parameter, parameters = {} }) => [
      ...(parameter === undefined ? [] : [parameter]),
      ...Object.keys(parameters),
    ]),
    resources: items.flatMap(({ resource_type: resource }) => resource ?? []),
    ...(resetDate === undefined ? {} : { resetDate }),
  };
}

function kindOf(type = "about:blank"): string[] {
  const last = type.split("/").at(-1) ?? "";
  return last === "" || last === "about:blank" ? [] : [last];
}

function wordsOf(item: z.infer<typeof itemSchema>): string[] {
  const { title, detail, reason, message, error, error_description: description } = item;
  return [title, detail, reason, message, error, description].filter((one) => one !== undefined);
}

/** Makes a question for a table of faults: does the problem have one of these numbers? */
export function hasCode(...codes: readonly number[]): (problem: XProblem) => boolean {
  return (problem) => problem.codes.some((one) => codes.includes(one));
}

/** Makes a question for a table of faults: is the problem of one of these kinds? */
export function isOfKind(...types: readonly string[]): (problem: XProblem) => boolean {
  return (problem) => problem.types.some((one) => types.includes(one));
}
