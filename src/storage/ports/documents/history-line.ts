/**
 * How an entry is kept: a line `{"entry": …, "before": …, "seal": …}`. Names are not in it: in their place stands a keyed hash
 * of each, and the names themselves lie beside the chain, so that one can be erased and every seal still fits.
 */
import { createHmac } from "node:crypto";
import { z } from "zod";
import type { Actor } from "../../../domain/history/actor.ts";
import type { Link, Seal } from "../../../domain/history/chain.ts";
import type { Begun, EntryContent, HistoryEntry } from "../../../domain/history/entry.ts";
import { recordedDeeds } from "../../../domain/history/entry.ts";

/** An entry with hashes where the names were. */
export type KeptEntry = HistoryEntry;

/** Hash by name, or name by hash; undefined where nobody knows it any more. */
type NameFor = (text: string) => string | undefined;

/** As an entry keeps it. */
export const aboutSchema = z.object({
  campaign: z.string().exactOptional(),
  list: z.string().exactOptional(),
  count: z.number().exactOptional(),
  people: z.array(z.string()).exactOptional(),
  what: z.array(z.string()).exactOptional(),
});

const called = z.string().exactOptional();

const by: z.ZodType<Actor> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("operator"), id: z.number(), name: called }),
  z.object({ kind: z.enum(["terminal", "library", "http"]), name: called }),
  z.object({ kind: z.literal("peyk") }),
]);

const numbered = { n: z.int().positive(), at: z.number() };

const entrySchema: z.ZodType<HistoryEntry> = z.discriminatedUnion("t", [
  z.object({ t: z.literal("begun"), deed: z.enum(recordedDeeds), by, about: aboutSchema, ...numbered }),
  z.object({
    t: z.literal("ended"),
    of: z.int().positive(),
    end: z.enum(["done", "refused", "failed"]),
    problem: z.string().exactOptional(),
    count: z.number().exactOptional(),
    list: z.string().exactOptional(),
    ...numbered,
  }),
]);

const lineSchema = z.object({
  // As it stands, letter by letter: the seal is of that.
  entry: z.custom<{ readonly n: number }>(
    (one) => z.looseObject({ n: z.int().positive() }).safeParse(one).success,
  ),
  before: z.string(),
  seal: z.string(),
});

/** Seals with a key, so that nobody who only has the entries can make one that fits. */
export function sealWith(key: string): Seal {
  return (before, text) => createHmac("sha256", key).update(`${before}\n${text}`).digest("hex");
}

/** Tells one key from another without telling anything of it. */
export function printOf(key: string): string {
  return createHmac("sha256", key).update("print").digest("hex").slice(0, 32);
}

/** The keyed hash that stands for a name; spelling in capitals or with an @ makes no other. */
export function hashOfName(key: string, name: string): string {
  const plain = name.normalize("NFKC").replace(/^@/, "").toLowerCase();
  return createHmac("sha256", key).update(`name\n${plain}`).digest("hex").slice(0, 32);
}

export function lineOf({ before, seal, text }: Link): string {
  return `{"entry":${text},"before":"${before}","seal":"${seal}"}`;
}

/** Undefined for a line that is none. */
export function linkIn(line: string): Link | undefined {
  const { success, data } = lineSchema.safeParse(parsed(line));
  if (!success) return undefined;
  const { entry, before, seal } = data;
  return { n: entry.n, before, seal, text: JSON.stringify(entry) };
}

/** Undefined for an entry of a kind that this version doesn't know. */
export function entryIn({ text }: Link): KeptEntry | undefined {
  return entrySchema.safeParse(parsed(text)).data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Puts one for the other wherever a name stands; what has no other is left out. */
export function withNames<C extends EntryContent>(content: C, other: NameFor): C {
  return content.t === "ended" ? content : { ...content, ...namedBy(content, other) };
}

function namedBy({ by: who, about: of }: Begun, other: NameFor): Pick<Begun, "by" | "about"> {
  const { people, ...others } = of;
  const named = people?.flatMap((one) => other(one) ?? []);
  return { by: actorWith(who, other), about: { ...others, ...(named ? { people: named } : {}) } };
}

function actorWith(who: Actor, other: NameFor): Actor {
  if (who.kind === "peyk" || who.name === undefined) return who;
  const { name, ...rest } = who;
  const known = other(name);
  return known === undefined ? rest : { ...rest, name: known };
}

/** Every name in it. */
export function namesIn(content: EntryContent): readonly string[] {
  if (content.t === "ended") return [];
  const { by: who, about: of } = content;
  return [...(who.kind !== "peyk" && who.name !== undefined ? [who.name] : []), ...(of.people ?? [])];
}
