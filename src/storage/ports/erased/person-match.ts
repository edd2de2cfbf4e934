/** Knows one person again in what is kept: by name, by id, and in texts that say either. */
import type { PersonToErase } from "../../../domain/people/erased.ts";

/** What stands in the place of a name, and of an id. */
export interface Aliases {
  ofName(name: string): string;
  ofId(id: string): string;
}

/** What becomes of a value that is kept: another one, the same, or undefined where it goes. */
export type ChangeLine = (value: unknown) => unknown;

export interface PersonMatch {
  /** What stands for the name; undefined: it is not theirs. Whoever was begun to be erased is still known. */
  aliasOf(name: unknown): string | undefined;
  /** The same of an id, given as text or number. */
  aliasOfId(id: unknown): string | undefined;
  /** Tells whether a text says one of their names or ids as a word. */
  isSaidIn(text: string): boolean;
  /** The text with these words made unreadable, of the same length. */
  masked(text: string): string;
  /** What stands for anything else of theirs, such as the id of a post. */
  standInFor(id: string): string;
  readonly names: readonly string[];
  readonly ids: readonly string[];
}

export function createPersonMatch({ names, ids }: PersonToErase, aliases: Aliases): PersonMatch {
  const byName = new Map(names.map((name) => [name, aliases.ofName(name)]));
  const byId = new Map(ids.map((id) => [id, aliases.ofId(id)]));
  const standing = new Set([...byName.values(), ...byId.values()]);
  const words = [...names, ...ids].map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const said = (): RegExp => new RegExp(`(?<![A-Za-z0-9_])(?:${words.join("|")})(?![A-Za-z0-9_])`, "gi");
  const known = (map: ReadonlyMap<string, string>, text: string): string | undefined =>
    map.get(text) ?? (standing.has(text) ? text : undefined);
  return {
    aliasOf: (name) =>
      typeof name === "string" ? known(byName, name.replace(/^@/, "").toLowerCase()) : undefined,
    aliasOfId: (id) =>
      typeof id === "string" || typeof id === "number" ? known(byId, String(id)) : undefined,
    isSaidIn: (text) => said().test(text),
    masked: (text) => text.replace(said(), (word) => "*".repeat(word.length)),
    standInFor: (id) => aliases.ofId(id),
    names,
    ids,
  };
}

type Json = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Masks every text in a value; names of fields stay. @param isText Which fields hold texts of people; absent: all */
export function maskedDeep(
  value: unknown,
  match: PersonMatch,
  isText: (field: string) => boolean = () => true,
  field = "",
): unknown {
  if (typeof value === "string") return isText(field) ? match.masked(value) : value;
  if (Array.isArray(value)) return value.map((one) => maskedDeep(one, match, isText, field));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, maskedDeep(one, match, isText, key)]),
  );
}
