/** The file with the operator's own gateway: read once at the start, refused when others can read it, never quoted. */
import { z } from "zod";
import { ValidationError } from "../../domain/errors.ts";
import type { Caps } from "../../domain/accounts/limits.ts";
import type { Flaw } from "../../lib/files/keys-file.ts";
import { readKeysFile } from "../../lib/files/keys-file.ts";
import type { Trouble } from "../../lib/trouble.ts";
import { keyOf } from "../../lib/webhooks/signature.ts";
import { addressProblem } from "../../lib/webhooks/webhook-address.ts";

export interface Gateway {
  readonly url: string;
  /** The one in use first, then the one before it, while the gateway learns the new one. */
  readonly secrets: readonly string[];
  /** Tells this Peyk from others that use the same gateway; part of every key. */
  readonly sender: string;
  /** It promises that a key that it took once is never sent a second time. */
  readonly keepsKeys: boolean;
  /** Longest text, in UTF-16 code units. */
  readonly longestMessage: number;
  readonly accounts: readonly { readonly name: string; readonly caps: Caps }[];
}

const USUAL_LENGTH = 1000;
const LONGEST = 100_000;

/** Zod carries texts: these are the codes of what is wrong with one part of the file. */
const wrong = {
  keyMissing: "is missing",
  keyNoNumber: "is no whole number",
  keyTooSmall: "is less than 1",
  keyBadName: "is not 1 to 40 Latin letters, digits, _ and -",
  gatewayTooLarge: "is more than 100000",
  gatewayAddress: "is no address of a server",
  gatewayHttps: "is not https",
  gatewayNear: 'is on this machine or a private network: say "mayBeNear": true to allow it',
  gatewaySecret: "is not whsec_ with 24 to 64 bytes in base64",
  gatewayChoice: "is neither true nor false",
  gatewayNoAccount: "names no account",
  gatewayTwice: "names an account twice",
} as const;

const name = z.string(wrong.keyMissing).regex(/^[A-Za-z0-9_-]{1,40}$/, wrong.keyBadName);
const secret = z.string(wrong.keyMissing).refine((text) => keyOf(text) !== undefined, wrong.gatewaySecret);
const cap = z.int(wrong.keyNoNumber).min(1, wrong.keyTooSmall).exactOptional();

const account = z.strictObject({ name, perMinute: cap, perHour: cap, perDay: cap }, wrong.gatewayNoAccount);

const schema = z.strictObject({
  url: z.string(wrong.keyMissing),
  secret,
  formerSecret: secret.exactOptional(),
  sender: name.default("peyk"),
  keepsKeys: z.boolean(wrong.gatewayChoice),
  mayBeNear: z.boolean(wrong.gatewayChoice).default(false),
  longestMessage: z
    .int(wrong.keyNoNumber)
    .min(1, wrong.keyTooSmall)
    .max(LONGEST, wrong.gatewayTooLarge)
    .default(USUAL_LENGTH),
  accounts: z
    .array(account, wrong.gatewayNoAccount)
    .min(1, wrong.gatewayNoAccount)
    .refine(areDistinct, wrong.gatewayTwice),
});

const KNOWN = Object.keys(schema.shape).join(", ");

const checked = schema.superRefine(({ url, mayBeNear }, context) => {
  const problem = addressProblem(url, mayBeNear);
  if (problem === undefined) return;
  const message = {
    notAddress: wrong.gatewayAddress,
    notHttps: wrong.gatewayHttps,
    private: wrong.gatewayNear,
  }[problem];
  context.addIssue({ code: "custom", path: ["url"], message });
});

/**
 * Reads the gateway: `{"url", "secret", "keepsKeys", "accounts": [{"name"}]}`, with `formerSecret`, `sender`,
 * `longestMessage`, `mayBeNear` and the accounts' `perMinute`, `perHour`, `perDay` where they are wanted.
 * @throws {ValidationError} one line a problem, for people; no secret and no address shows in it
 */
export async function readGatewayFile(path: string): Promise<Gateway> {
  const content = await readKeysFile(path, (flaw) => new GatewayFileError(path, [flaw]));
  const parsed = checked.safeParse(content);
  if (!parsed.success) throw new GatewayFileError(path, parsed.error.issues.map(flawOf));
  const { secret: current, formerSecret, mayBeNear: _, accounts, ...gateway } = parsed.data;
  return {
    ...gateway,
    secrets: [current, ...(formerSecret === undefined ? [] : [formerSecret])],
    accounts: accounts.map(({ name: own, ...caps }) => ({ name: own, caps })),
  };
}

function areDistinct(accounts: readonly { readonly name: string }[]): boolean {
  return new Set(accounts.map((one) => one.name.toLowerCase())).size === accounts.length;
}

/** The file can't be used: one line a flaw, and no key shows in any. */
class GatewayFileError extends ValidationError {
  readonly troubles: readonly Trouble[];

  constructor(path: string, flaws: readonly Flaw[]) {
    super(flaws.map(([english]) => `WEBHOOK_FILE ${path}: ${english}`).join("\n"));
    this.troubles = flaws.map(([, what]) => ({ code: "gateway", with: { path, what } }));
  }
}

const codes = [
  "keyMissing",
  "keyNoNumber",
  "keyTooSmall",
  "keyBadName",
  "gatewayTooLarge",
  "gatewayAddress",
  "gatewayHttps",
  "gatewayNear",
  "gatewaySecret",
  "gatewayChoice",
  "gatewayNoAccount",
  "gatewayTwice",
] as const satisfies readonly (keyof typeof wrong)[];

/** The words of our own schema; of what the file holds only the place. */
function flawOf({ path, message, code }: z.core.$ZodIssue): Flaw {
  if (code === "unrecognized_keys")
    return [`it has something that is none of ${KNOWN}`, { code: "gatewayStranger", with: { names: KNOWN } }];
  if (path.length === 0) return ["it is no gateway: { … }", { code: "gatewayNone" }];
  const key = path.map((step) => (typeof step === "number" ? String(step + 1) : String(step))).join(" ");
  const found = codes.find((one) => wrong[one] === message) ?? "keyMissing";
  return [`${key} ${wrong[found]}`, { code: "gatewayPart", with: { key, what: { code: found } } }];
}
