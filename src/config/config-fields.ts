/** What a setting may be: each field checks one kind of text and tells what is wrong with it. */
import { z } from "zod";
import { typedWindow } from "../domain/when/window-text.ts";
import { timeZoneNamed } from "../domain/when/zone-name.ts";
import type { SettingTrouble, Trouble } from "../lib/trouble.ts";
import type { Environment } from "./config-file.ts";
import { settingTroubles } from "../lib/trouble.ts";
import { looksLikeSecret } from "../lib/text/plain-text.ts";

/**
 * A zod error that says what is wrong and, where it may be seen, with which value. Zod carries texts, so the trouble goes
 * through it as JSON; {@link troubleOfIssue} reads it.
 */
export function says(
  code: SettingTrouble,
  details: Trouble["with"] = {},
): { error: (issue: { readonly input?: unknown }) => string } {
  return {
    error: ({ input }) => {
      const text = String(input);
      return JSON.stringify({ code, details, ...(maySecret(text) ? { isHidden: true } : { value: text }) });
    },
  };
}

/** The same of a value that is never shown, whatever it is. */
export function hides(code: SettingTrouble): string {
  return JSON.stringify({ code, details: {} });
}

const issueSchema = z.object({
  code: z.enum(settingTroubles),
  details: z.record(z.string(), z.union([z.string(), z.number()])),
  value: z.string().optional(),
  isHidden: z.literal(true).optional(),
});

/** What zod found wrong with a setting. */
export function troubleOfIssue({ path: [setting], message }: z.core.$ZodIssue): Trouble {
  const { code, details, value, isHidden } = issueSchema.parse(JSON.parse(message));
  const told = { setting: String(setting), problem: { code, with: details } };
  if (isHidden) return { code: "settingHidden", with: told };
  return value === undefined
    ? { code: "setting", with: told }
    : { code: "settingValue", with: { ...told, value: JSON.stringify(value) } };
}

/** A secret may have been put into the wrong variable. */
function maySecret(text: string): boolean {
  return text.length > 60 || text.includes("@") || /[\w-]{25}|\d:[\w-]{10}/.test(text);
}

/** A whole number within bounds, in Latin, Persian or Arabic digits. */
export function wholeNumber(least: number, most: number, code: SettingTrouble): z.ZodType<number, string> {
  const fits = (text: string): boolean =>
    /^\d{1,16}$/.test(latinDigits(text)) &&
    Number(latinDigits(text)) >= least &&
    Number(latinDigits(text)) <= most;
  return z
    .string()
    .refine(fits, says(code, { least, most }))
    .transform((text) => Number(latinDigits(text)));
}

/** An address without a slash at the end. */
export function serverAddress() {
  return z
    .string()
    .refine(isServerAddress, says("notServer"))
    .transform((text) => text.replace(/\/+$/, ""));
}

/** A path of this machine. */
export function path() {
  return z
    .string()
    .refine((text) => !looksLikeSecret(text), hides("notPath"))
    .refine((text) => !text.startsWith("~"), says("notExpanded"));
}

/** Persian (۰–۹) and Arabic (٠–٩) digits stand sixteen to a row from a code point ending in 0. */
function latinDigits(text: string): string {
  return text.replace(/[\u06f0-\u06f9\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
}

/** Waits longer than ten minutes would look like a program that hangs. */
export function seconds(): z.ZodType<number, string> {
  return z
    .string()
    .refine(
      (text) => /^\d{1,3}([.٫]\d{1,3})?$/.test(latinDigits(text)) && secondsIn(text) <= 600,
      says("notWait"),
    )
    .transform(secondsIn);
}

function secondsIn(text: string): number {
  return Number(latinDigits(text).replace("٫", "."));
}

/**
 * The address of a PostgreSQL database as its driver reads it; undefined where a text is none, or can be read in two ways.
 *
 * A password may hold `@` and `/`: all before the last `@` belongs to it. A `?` or `#` before that could as well be where
 * the password ends, and a guess would show a part of it as the name of a host.
 */
export function databaseAddress(text: string): string | undefined {
  const [, scheme = "", credentials, place = ""] =
    /^(postgres(?:ql)?:\/\/)(?:([^?#]*)@)?([^@]*)$/i.exec(text) ?? [];
  const [, name = "", password] = /^([^:]*)(?::(.*))?$/s.exec(credentials ?? "") ?? [];
  const said = [name, ...(password === undefined ? [] : [password])].map(encoded).join(":");
  const whole = credentials === undefined ? text : `${scheme}${said}@${place}`;
  if (scheme === "" || !URL.canParse(whole)) return undefined;
  const { hostname, pathname } = new URL(whole);
  if (hostname === "" || pathname.length <= 1) return undefined;
  return /[/\s]|%(?![\da-f]{2})/i.test(credentials ?? "") ? whole : text;
}

/** Signs that end a name or a password in an address are written as its codes; codes that are there stay. */
function encoded(text: string): string {
  return text.replace(/[/@:[\]\s]|%(?![\da-f]{2})/gi, (sign) => encodeURIComponent(sign));
}

function isServerAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const isPlain = !url.username && !url.password && !url.search && !url.hash;
  return isPlain && (url.protocol === "https:" || url.protocol === "http:");
}

/** Whether something is switched on. */
export function trueOrFalse(byDefault: boolean) {
  return z
    .string()
    .optional()
    .transform((text) => text?.toLowerCase())
    .pipe(z.enum(["true", "false"], says("notBoolean")).optional())
    .transform((text) => (text === undefined ? byDefault : text === "true"));
}

/** Days and hours in which campaigns send, as people type them; which hours that is may depend on the time zone. */
export function sendWindow(): z.ZodType<string, string> {
  return z.string().refine((text) => typedWindow(text, "UTC").kind !== "problem", says("notWindow"));
}

/** The time zone of this machine; UTC where it has none. */
export function systemTimeZone(): string {
  return timeZoneNamed(new Intl.DateTimeFormat("en").resolvedOptions().timeZone) ?? "UTC";
}

/** What one setting needs another for, and is not there. */
export function missingBeside(env: Environment): readonly Trouble[] {
  const isSet = (name: string): boolean => Boolean(env[name]?.trim());
  const isInDatabase = env["STORE"]?.trim().toLowerCase() === "postgres";
  const problems: Trouble[] = [];
  if (isSet("BOT_TOKEN") && !isSet("OPERATOR_IDS")) problems.push({ code: "operatorsMissing" });
  if (isSet("BLUESKY_IDENTIFIER") !== isSet("BLUESKY_APP_PASSWORD")) problems.push({ code: "blueskyHalf" });
  if (isInDatabase && !isSet("DATABASE_URL")) problems.push({ code: "storeNoDatabase" });
  return problems;
}
