/** Audiences and tags that are forgotten with the test. */
import type { Audience } from "../../src/domain/people/audience.ts";
import { sameName } from "../../src/domain/people/audience.ts";
import { TagBook } from "../../src/domain/people/tags.ts";
import type { AudienceStore, KeptRow, TagStore } from "../../src/storage/ports/audiences.ts";

export function createMemoryAudiences(): AudienceStore {
  const kept: { audience: Audience; rows: readonly KeptRow[] }[] = [];
  const found = (name: string) => kept.find(({ audience }) => sameName(audience.name, name));
  const put = (audience: Audience, rows: readonly KeptRow[]) => {
    const there = found(audience.name);
    if (there) return there.audience.ask === audience.ask ? "kept" : "taken";
    kept.push({ audience, rows });
    return "kept";
  };
  return {
    all: async () => kept.map(({ audience }) => audience).toSorted((a, b) => a.name.localeCompare(b.name)),
    find: async (name) => found(name)?.audience,
    async *rows(name) {
      yield* found(name)?.rows ?? [];
    },
    holding: async (names) =>
      kept.flatMap(({ audience, rows }) =>
        audience.kind === "list"
          ? rows
              .filter(({ username }) => names.includes(username))
              .map((row) => ({ ...row, list: audience.name, columns: audience.columns }))
          : [],
      ),
    async keepList({ rows, ...about }) {
      const all: KeptRow[] = [];
      for await (const row of rows) all.push(row);
      return put({ kind: "list", ...about, count: all.length }, all);
    },
    define: async (about) => put({ kind: "conditions", ...about }, []),
    async rename(from, to) {
      const [old, other] = [found(from), found(to)];
      if (!old) return other ? "renamed" : "gone";
      if (other && other !== old) return "taken";
      old.audience = { ...old.audience, name: to };
      return "renamed";
    },
    async remove(name, wantedAt = Infinity) {
      const at = kept.findIndex(({ audience }) => sameName(audience.name, name) && audience.at <= wantedAt);
      if (at >= 0) kept.splice(at, 1);
      return at >= 0;
    },
    async forget(names) {
      let lost = 0;
      for (const one of kept) {
        const rows = one.rows.filter(({ username }) => !names.includes(username));
        lost += one.rows.length - rows.length;
        one.rows = rows;
        if (one.audience.kind === "list") one.audience = { ...one.audience, count: rows.length };
      }
      return lost;
    },
  };
}

export function createMemoryTags(): TagStore {
  const book = new TagBook();
  const change = (t: "add" | "remove", about: { tag: string; names: readonly string[]; at: number }) => {
    book.apply({ t, ...about });
    return about.names.length;
  };
  return {
    counts: async () => book.counts(),
    of: async (names) => book.of(names),
    questions: async (tags) => (name) => tags.some((tag) => book.has(tag, name)),
    add: async (tag, names, at) =>
      change("add", { tag, at, names: names.filter((name) => !book.has(tag, name)) }),
    remove: async (tag, names, at, wantedAt = Infinity) =>
      change("remove", {
        tag,
        at,
        names: names.filter((name) => book.has(tag, name, wantedAt)),
      }),
    async forget(names) {
      for (const one of book.without(names)) book.apply(one);
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
