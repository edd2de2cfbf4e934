/** What calls bring, as it is checked and as the OpenAPI document describes it. */
import { z } from "zod";
import { suppressionReasons } from "../../domain/people/suppression.ts";
import { ApiProblem } from "./problem.ts";
import type { FieldError } from "./problem.ts";
import type { Words } from "../../words/words.ts";

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const person = z
  .union([z.string(), z.object({ username: z.string() }).catchall(cell)])
  .describe("A username, or a row: `username` and the columns that the message uses as variables.");

const recipients = z
  .union([
    z.array(person).min(1).max(200_000),
    z.strictObject({ subscribers: z.literal(true), source: z.string().min(1).optional() }),
    z.strictObject({ leads: z.string().min(1) }),
    z.strictObject({ audience: z.string().min(1) }),
  ])
  .describe(
    "The list itself, the subscribers of the bot (all, or of one source), a list of leads, or an audience.",
  );

export const startBody = z.strictObject({
  channel: z.string().min(1).describe("As `GET /api/channels` names it."),
  message: z.string().regex(/\S/).max(100_000).describe("Text with `{{variables}}` of the columns."),
  format: z.literal("html").optional().describe("The message is Telegram HTML; absent: plain text."),
  recipients,
  consent: z
    .string()
    .regex(/\S/)
    .max(2000)
    .optional()
    .describe("Where the permission to write to these people comes from; needed where people are real."),
  accounts: z.array(z.string().min(1)).min(1).optional().describe("Absent: all of the channel."),
  maxPerAccount: z.int().min(1).max(1_000_000).optional().describe("Messages a day for each account."),
  notWithinDays: z
    .int()
    .min(1)
    .max(3650)
    .optional()
    .describe("Nobody whom another campaign wrote to within so many days."),
});

export type StartBody = z.infer<typeof startBody>;

export const suppressBody = z.strictObject({
  reason: z.enum(suppressionReasons).default("blocked"),
  note: z.string().min(1).max(500).optional(),
});

/** Reads a body of a call. @throws {ApiProblem} that says of each part what is wrong with it */
export function bodyOf<T>(schema: z.ZodType<T>, given: unknown): T {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new ApiProblem("fields", { errors: (words) => fieldErrors(parsed.error, given, words) });
}

function fieldErrors(error: z.ZodError, given: unknown, words: Words): FieldError[] {
  return error.issues.slice(0, 20).flatMap((issue): FieldError[] => {
    const at = pointerOf(issue.path);
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((key) => ({
        at: pointerOf([...issue.path, key]),
        detail: words.plain("api-field-unknown"),
      }));
    const isMissing = valueAt(given, issue.path) === undefined;
    return [{ at, detail: words.plain(isMissing ? "api-field-missing" : "api-field-wrong") }];
  });
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

function valueAt(given: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined),
    given,
  );
}
