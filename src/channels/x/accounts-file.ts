/** The file with the keys of the X accounts: read once at the start, refused when others can read it, never quoted. */
import { open } from "node:fs/promises";
import { z } from "zod";
import { ValidationError } from "../../domain/errors.ts";
import type { Caps } from "../../domain/accounts/limits.ts";
import { isOpenToOthers } from "../../lib/files/private-files.ts";
import type { OAuth1Keys } from "../../lib/x-api/oauth1.ts";

/** An account that messages go out from. */
export interface XAccount {
  readonly name: string;
  readonly keys: OAuth1Keys;
  readonly caps: Caps;
}

const keySchema = z.string("is missing").trim().min(1, "is empty");
const capSchema = z.int("is no whole number").min(1, "is less than 1").optional();

const accountSchema = z.strictObject({
  name: z
    .string("is missing")
    .regex(/^[A-Za-z0-9_-]{1,40}$/, "is not 1 to 40 Latin letters, digits, _ and -"),
  apiKey: keySchema,
  apiSecret: keySchema,
  accessToken: keySchema,
  accessSecret: keySchema,
  perMinute: capSchema,
  perHour: capSchema,
  perDay: capSchema,
});

const KNOWN = Object.keys(accountSchema.shape).join(", ");

const fileSchema = z
  .array(accountSchema, "it is no list of accounts: [ { … }, … ]")
  .min(1, "it names no account");

/**
 * Reads the accounts: a JSON list of `{"name", "apiKey", "apiSecret", "accessToken", "accessSecret"}`, each with
 * `perMinute`, `perHour` and `perDay` where it has caps of its own.
 * @throws {ValidationError} one line a problem, for people; no key shows in it
 */
export async function readAccountsFile(path: string): Promise<readonly XAccount[]> {
  const text = await readPrivately(path);
  const parsed = fileSchema.safeParse(parseJson(path, text));
  if (!parsed.success)
    throw new ValidationError(parsed.error.issues.map((one) => lineOf(path, one)).join("\n"));
  refuseDuplicates(path, parsed.data);
  return parsed.data.map(({ name, apiKey, apiSecret, accessToken, accessSecret, ...caps }) => ({
    name,
    keys: { apiKey, apiSecret, accessToken, accessSecret },
    caps: capsOf(caps),
  }));
}

/** One handle for looking and reading, so that what was looked at is what is read. */
async function readPrivately(path: string): Promise<string> {
  await using file = await open(path).catch((error: NodeJS.ErrnoException) => {
    const why =
      error.code === "ENOENT" ? "there is no such file" : `it can't be read (${error.code ?? "unknown"})`;
    throw problem(path, why);
  });
  const stats = await file.stat();
  if (!stats.isFile()) throw problem(path, "it is not a file");
  if (isOpenToOthers(stats.mode))
    throw problem(path, `others on this machine can read it, and it holds keys. Run: chmod 600 ${path}`);
  const bytes = await file.readFile();
  if (bytes.includes(0)) throw problem(path, "it is not saved as UTF-8 text");
  return bytes.toString("utf8").replace(/^\uFEFF/, "");
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw problem(path, "it is not JSON"); // JSON.parse's own words would quote the keys
  }
}

/** Two entries for one account would send twice what it may. An access token begins with the account's id. */
function refuseDuplicates(path: string, accounts: readonly z.infer<typeof accountSchema>[]): void {
  const names = new Map<string, string>();
  const ids = new Map<string, string>();
  for (const { name, accessToken } of accounts) {
    const id = /^\d+(?=-)/.exec(accessToken)?.[0] ?? accessToken;
    if (names.has(name.toLowerCase())) throw problem(path, `the name ${name} stands there twice`);
    const other = ids.get(id);
    if (other !== undefined) throw problem(path, `${other} and ${name} are the same X account`);
    names.set(name.toLowerCase(), name);
    ids.set(id, name);
  }
}

function capsOf(caps: { [Name in keyof Caps]: Caps[Name] | undefined }): Caps {
  return Object.fromEntries(Object.entries(caps).filter(([, cap]) => cap !== undefined));
}

/** The words of our own schema, and of zod's only the names of keys that nobody knows. */
function lineOf(path: string, { path: [index, key], message, code }: z.core.$ZodIssue): string {
  if (index === undefined) return `X_ACCOUNTS_FILE ${path}: ${message}`;
  const place = `account ${Number(index) + 1}`;
  if (key === undefined) {
    const why =
      code === "unrecognized_keys" ? `has something that is none of ${KNOWN}` : "is no account: { … }";
    return `X_ACCOUNTS_FILE ${path}: ${place} ${why}`;
  }
  return `X_ACCOUNTS_FILE ${path}: ${place}, ${String(key)} ${message}`;
}

function problem(path: string, why: string): ValidationError {
  return new ValidationError(`X_ACCOUNTS_FILE ${path}: ${why}`);
}
