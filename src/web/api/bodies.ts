/** What calls bring, as it is checked and as the OpenAPI document describes it. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { z } from "zod";
import { suppressionReasons } from "../../domain/people/suppression.ts";
import { ApiProblem } from "./problem.ts";
import type { FieldError } from "./problem.ts";
import type { Words } from "../../words/words.ts";

const MOST_ROWS = 200_000;

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const person = z
  .union([z.string(), z.object({ username: z.string() }).catchall(cell)])
  .describe("A username, or a row: `username` and the columns that the message uses as variables.");

const recipients = z
  .union([
    z.array(person).min(1).max(MOST_ROWS),
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
  startAt: z.iso
    .datetime({ offset: true })
    .optional()
    .describe("When it starts by itself, with the offset of its time zone; absent: at once."),
  window: z
    .string()
    .regex(/\S/)
    .max(200)
    .optional()
    .describe(
      "Hours in which it sends, as `peyk send --window` takes them: `mon-fri 9:00-18:00`; `always`: any.",
    ),
});

export type StartBody = z.infer<typeof startBody>;

/** Rows looked at in one turn of the event loop: about a millisecond's work. */
const PIECE = 500;

/** Stands for rows that are looked at by themselves. */
const ANYBODY = ["anybody"];

/** Reads the body of a start, however long its list is, and lets others work meanwhile. @throws {ApiProblem} */
export async function startBodyOf(given: unknown): Promise<StartBody> {
  const rows = rowsIn(given);
  if (!rows) return bodyOf(startBody, given);
  const body = bodyOf(startBody, Object.assign({}, given, { recipients: ANYBODY }));
  const people: z.infer<typeof person>[] = [];
  for (let at = 0; at < rows.length; at += PIECE) {
    if (at > 0) await nextTurn();
    people.push(...piece(rows, at, given));
  }
  return { ...body, recipients: people };
}

/** Undefined where there are none, or more than are taken. */
function rowsIn(given: unknown): readonly unknown[] | undefined {
  if (typeof given !== "object" || given === null || !("recipients" in given)) return undefined;
  const { recipients: rows } = given;
  return Array.isArray(rows) && rows.length > 0 && rows.length <= MOST_ROWS ? rows : undefined;
}

function piece(rows: readonly unknown[], at: number, given: unknown): z.infer<typeof person>[] {
  const parsed = z.array(person).safeParse(rows.slice(at, at + PIECE));
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => {
    const [index = 0, ...path] = issue.path;
    return { ...issue, path: ["recipients", at + Number(index), ...path] };
  });
  throw new ApiProblem("fields", { errors: (words) => fieldErrors({ issues }, given, words) });
}

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

function fieldErrors(error: Pick<z.ZodError, "issues">, given: unknown, words: Words): FieldError[] {
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
