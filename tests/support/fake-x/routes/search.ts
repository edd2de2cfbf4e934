/**
 * `tweets/search/recent`, as docs.x.com describes it (read in xdevplatform/docs, August 2026): posts of the last seven
 * days, newest first, 10 to 100 a page, 10 where nothing is said; a query of 512 signs at most for self-serve access.
 */
import { checkParameters, maxResults, shapesOf } from "../parameters.ts";
import type { Post } from "../posts.ts";
import type { Reply } from "../refusals.ts";
import { invalidRequest } from "../refusals.ts";
import { clausesOf } from "../search-query.ts";
import type { Visit, World } from "../world.ts";
import { includesOf, postView } from "./posts.ts";

export function search({ world, query, now }: Visit): Reply {
  checkParameters(query, shapesOf(world.document).search);
  const size = maxResults(query, { least: 10, most: 100, usual: 10 });
  const text = query.get("query") ?? "";
  const matches = clausesOf(text);
  const list = `search ${text.replaceAll("|", " ")}`;
  const found = world.posts.recent(now).filter((one) => matches.every((isMatch) => isMatch(one)));
  const start = startOf(query, world, list);
  const inTime = found.filter(within(query));
  const mood = world.options.searchMood?.(world.searches.next());
  const [from, to] = stretch(start.row(inTime), size, mood);
  const page = inTime.slice(from, to);
  const isEnd = to >= inTime.length;
  const next = isEnd ? undefined : world.tokens.make(list, positionAfter(inTime, to, start.turn));
  world.bill.chargeRows(
    "post",
    page.map(({ id }) => id),
    now,
  );
  const [newest, oldest] = [page[0], page.at(-1)];
  const meta = {
    ...(newest && oldest ? { newest_id: newest.id, oldest_id: oldest.id } : {}),
    result_count: page.length,
    ...(next ? { next_token: next } : {}),
  };
  if (page.length === 0) return { status: 200, body: { meta } };
  const data = page.map((one) => postView(one, query));
  return { status: 200, body: { data, ...includesOf(page, query), meta } };
}

/** Rows of a page, as they were asked for or as the mood has it. */
function stretch(
  start: number,
  size: number,
  mood: SearchMood | undefined,
): readonly [from: number, to: number] {
  switch (mood) {
    case "empty":
      return [start, start];
    case "short":
      return [start, start + Math.ceil(size / 3)];
    case "again":
      return [Math.max(0, start - 7), start + size - 7];
    case undefined:
      return [start, start + size];
  }
}

/** How a page may come out of the ordinary; what comes after it is in its place all the same. */
export type SearchMood = "empty" | "short" | "again";

interface Start {
  readonly row: (rows: readonly Post[]) => number;
  /** Pages behind this one. */
  readonly turn: number;
}

/** A token holds the post that was shown last, so that newer ones shift nothing, and no token is given twice. */
function startOf(query: URLSearchParams, world: World, list: string): Start {
  const given = ["next_token", "pagination_token"].filter((name) => query.has(name));
  if (given.length > 1)
    throw invalidRequest("next_token", "", "next_token and pagination_token exclude each other");
  const [name] = given;
  if (name === undefined) return { row: () => 0, turn: 0 };
  const [last = "", turn = "0"] = world.tokens.read(name, query.get(name) ?? "", list).split(" ");
  const row = (rows: readonly Post[]): number =>
    last === "top" ? 0 : rows.filter(({ id }) => BigInt(id) >= BigInt(last)).length;
  return { row, turn: Number(turn) };
}

function positionAfter(rows: readonly Post[], to: number, turn: number): string {
  return `${rows[to - 1]?.id ?? "top"} ${turn + 1}`;
}

function within(query: URLSearchParams): (post: Post) => boolean {
  const [since, until] = [query.get("since_id"), query.get("until_id")];
  const [start, end] = [query.get("start_time"), query.get("end_time")];
  return ({ id, at }) =>
    (since === null || BigInt(id) > BigInt(since)) &&
    (until === null || BigInt(id) < BigInt(until)) &&
    (start === null || at >= Date.parse(start)) &&
    (end === null || at < Date.parse(end));
}
