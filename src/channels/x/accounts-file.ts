/** The file with the keys of the X accounts: read once at the start, refused when others can read it, never quoted. */
import { z } from "zod";
import { ValidationError } from "../../domain/errors.ts";
import type { Caps } from "../../domain/accounts/limits.ts";
import type { Trouble } from "../../lib/trouble.ts";
import type { Flaw } from "../../lib/files/keys-file.ts";
import { readKeysFile } from "../../lib/files/keys-file.ts";
import type { OAuth1Keys } from "../../lib/x-api/oauth1.ts";

/** An account that messages go out from. */
export interface XAccount {
  readonly name: string;
  readonly keys: OAuth1Keys;
  readonly caps: Caps;
}

/** Zod carries texts: these are the codes of what is wrong with a key of an account. */
const wrong = {
  keyMissing: "is missing",
  keyEmpty: "is empty",
  keyNoNumber: "is no whole number",
  keyTooSmall: "is less than 1",
  keyBadName: "is not 1 to 40 Latin letters, digits, _ and -",
  noList: "it is no list of accounts: [ { … }, … ]",
  noneNamed: "it names no account",
} as const;

const keySchema = z.string(wrong.keyMissing).trim().min(1, wrong.keyEmpty);
const capSchema = z.int(wrong.keyNoNumber).min(1, wrong.keyTooSmall).optional();

const accountSchema = z.strictObject({
  name: z.string(wrong.keyMissing).regex(/^[A-Za-z0-9_-]{1,40}$/, wrong.keyBadName),
  apiKey: keySchema,
  apiSecret: keySchema,
  accessToken: keySchema,
  accessSecret: keySchema,
  perMinute: capSchema,
  perHour: capSchema,
  perDay: capSchema,
});

const KNOWN = Object.keys(accountSchema.shape).join(", ");

const fileSchema = z.array(accountSchema, wrong.noList).min(1, wrong.noneNamed);

/**
 * Reads the accounts: a JSON list of `{"name", "apiKey", "apiSecret", "accessToken", "accessSecret"}`, each with
 * `perMinute`, `perHour` and `perDay` where it has caps of its own.
 * @throws {ValidationError} one line a problem, for people; no key shows in it
 */
export async function readAccountsFile(path: string): Promise<readonly XAccount[]> {
  const content = await readKeysFile(path, (flaw) => problem(path, flaw));
  const parsed = fileSchema.safeParse(content);
  if (!parsed.success) throw new AccountsFileError(path, parsed.error.issues.map(flawOf));
  refuseDuplicates(path, parsed.data);
  return parsed.data.map(({ name, apiKey, apiSecret, accessToken, accessSecret, ...caps }) => ({
    name,
    keys: { apiKey, apiSecret, accessToken, accessSecret },
    caps: capsOf(caps),
  }));
}

/** Two entries for one account would send twice what it may. An access token begins with the account's id. */
function refuseDuplicates(path: string, accounts: readonly z.infer<typeof accountSchema>[]): void {
  const names = new Map<string, string>();
  const ids = new Map<string, string>();
  for (const { name, accessToken } of accounts) {
    const id = /^\d+(?=-)/.exec(accessToken)?.[0] ?? accessToken;
    if (names.has(name.toLowerCase()))
      throw problem(path, [`the name ${name} stands there twice`, { code: "accountsTwice", with: { name } }]);
    const other = ids.get(id);
    if (other !== undefined)
      throw problem(path, [
        `${other} and ${name} are the same X account`,
        { code: "accountsSame", with: { other, name } },
      ]);
    names.set(name.toLowerCase(), name);
    ids.set(id, name);
  }
}

function capsOf(caps: { [Name in keyof Caps]: Caps[Name] | undefined }): Caps {
  return Object.fromEntries(Object.entries(caps).filter(([, cap]) => cap !== undefined));
}

/** The file can't be used: one line a flaw, and no key shows in any. */
class AccountsFileError extends ValidationError {
  readonly troubles: readonly Trouble[];

  constructor(path: string, flaws: readonly Flaw[]) {
    super(flaws.map(([english]) => `X_ACCOUNTS_FILE ${path}: ${english}`).join("\n"));
    this.troubles = flaws.map(([, what]) => ({ code: "accounts", with: { path, what } }));
  }
}

/** The words of our own schema, and of zod's only the names of keys that nobody knows. */
function flawOf({ path: [index, key], message, code }: z.core.$ZodIssue): Flaw {
  if (index === undefined)
    return [message, { code: message === wrong.noneNamed ? "accountsNone" : "accountsNoList" }];
  const [number, place] = [Number(index) + 1, `account ${Number(index) + 1}`];
  if (key === undefined)
    return code === "unrecognized_keys"
      ? [`${place} has something that is none of ${KNOWN}`, strangerIn(number)]
      : [`${place} is no account: { … }`, { code: "accountsNoAccount", with: { number } }];
  const found = keyTroubles.find((one) => wrong[one] === message) ?? "keyMissing";
  const what: Trouble = { code: found };
  return [
    `${place}, ${String(key)} ${message}`,
    { code: "accountsKey", with: { number, key: String(key), what } },
  ];
}

function strangerIn(number: number): Trouble {
  return { code: "accountsStranger", with: { number, names: KNOWN } };
}

const keyTroubles = ["keyMissing", "keyEmpty", "keyNoNumber", "keyTooSmall", "keyBadName"] as const;

function problem(path: string, flaw: Flaw): ValidationError {
  return new AccountsFileError(path, [flaw]);
}
