/** What a setting may be: each field checks one kind of text and says in one line what is wrong with it. */
import { z } from "zod";
import { timeZoneNamed } from "../domain/when/zone-name.ts";
import { looksLikeSecret } from "../lib/text/plain-text.ts";

/** A zod error that quotes the wrong value before saying what is wrong with it. */
export function says(wrong: string): { error: (issue: { readonly input?: unknown }) => string } {
  return { error: (issue) => `${quoted(issue.input)} ${wrong}` };
}

/** Quotes a wrong value, unless it may be a secret that was put into the wrong variable. */
function quoted(value: unknown): string {
  const text = String(value);
  const maySecret = text.length > 60 || text.includes("@") || /[\w-]{25}|\d:[\w-]{10}/.test(text);
  return maySecret ? "the value (not shown)" : JSON.stringify(text);
}

/** A whole number within bounds, in Latin, Persian or Arabic digits. */
export function wholeNumber(least: number, most: number, wrong: string): z.ZodType<number, string> {
  const fits = (text: string): boolean =>
    /^\d{1,16}$/.test(latinDigits(text)) &&
    Number(latinDigits(text)) >= least &&
    Number(latinDigits(text)) <= most;
  return z
    .string()
    .refine(fits, says(wrong))
    .transform((text) => Number(latinDigits(text)));
}

/** An address without a slash at the end. */
export function serverAddress() {
  return z
    .string()
    .refine(
      isServerAddress,
      says("is not the address of a server (expected https://host or http://host:port)"),
    )
    .transform((text) => text.replace(/\/+$/, ""));
}

/** A path of this machine. */
export function path() {
  return z
    .string()
    .refine((text) => !looksLikeSecret(text), "is a key or an address and no path (not shown)")
    .refine(
      (text) => !text.startsWith("~"),
      says("starts with ~, which is not expanded here: write the full path"),
    );
}

/** Persian (۰–۹) and Arabic (٠–٩) digits stand sixteen to a row from a code point ending in 0. */
function latinDigits(text: string): string {
  return text.replace(/[\u06f0-\u06f9\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
}

/** Waits longer than ten minutes would look like a program that hangs. */
export function seconds(wrong: string): z.ZodType<number, string> {
  return z
    .string()
    .refine(
      (text) => /^\d{1,3}([.٫]\d{1,3})?$/.test(latinDigits(text)) && secondsIn(text) <= 600,
      says(wrong),
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

/** The time zone of this machine; UTC where it has none. */
export function systemTimeZone(): string {
  return timeZoneNamed(new Intl.DateTimeFormat("en").resolvedOptions().timeZone) ?? "UTC";
}
