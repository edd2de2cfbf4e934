/**
 * Reads a page of videos in whichever of the providers' shapes it comes. Fields that no lead needs may be absent, null
 * or of another type; a video without a readable author is a row and no lead. Only the provider's own word ends a search:
 * what contradicts itself is said to be unclear.
 */
import { z } from "zod";
import { unreadableAmong } from "../../lib/log/unreadable.ts";
import type { Lead } from "../../domain/collecting/lead.ts";
import type { Reason } from "../../domain/reasons/reason.ts";
import type { Page, ShownPage, SourceFault } from "../source.ts";

const fields = z.record(z.string(), z.unknown());
type Fields = z.infer<typeof fields>;

/** Names that the list of videos has, by provider and by shape. */
const LISTS = ["search_item_list", "data", "aweme_list"];
/** Ids have 19 digits: whatever is still a number and not exact has lost the last ones. */
const id = z.union([z.string(), z.int().transform(String)]).pipe(z.string().regex(/^[1-9]\d{0,19}$/));
const authorSchema = z.object({ uid: id, unique_id: z.string().regex(/^[\w.]+$/) });

/**
 * Answers undefined for a body that is no page at all.
 * @param asked The cursor it was asked for with
 */
export function readVideoPage(
  body: unknown,
  asked?: string,
): Page | Extract<SourceFault, { kind: "unclear" }> | undefined {
  const outer = fields.safeParse(body).data;
  if (!outer) return undefined;
  const inner = Array.isArray(outer["data"]) ? undefined : fields.safeParse(outer["data"]).data;
  const holders = inner ? [outer, inner] : [outer];
  const list = holders.map(listIn).find((rows) => rows !== undefined);
  const signs = { next: nextOf(holders), hasMore: hasMoreIn(holders), rows: list?.length ?? 0, asked };
  if (signs.rows === 0 && holders.some(saysFailure)) return { kind: "unclear", why: "dataEmptyFailure" };
  if (!list && signs.next.kind === "none" && signs.hasMore === undefined) return undefined;
  const shown = shownPage(list ?? [], outer);
  const why = contradictionIn(signs);
  if (why !== undefined) return { kind: "unclear", why, page: shown };
  const goesOn = signs.hasMore !== false && signs.next.kind === "place";
  return { kind: "page", ...shown, ...(goesOn ? { next: signs.next.cursor } : {}) };
}

/** What a page says of what comes after it. */
interface Signs {
  readonly next: Next;
  /** Undefined where the provider has no word for it. */
  readonly hasMore: boolean | undefined;
  readonly rows: number;
  readonly asked: string | undefined;
}

type Next =
  | { readonly kind: "place"; readonly cursor: string }
  /** Something is there that can be no cursor. */
  | { readonly kind: "unreadable" | "none"; readonly cursor?: never };

/** Why it is not known what comes next; undefined where it is. */
function contradictionIn({ next, hasMore, rows, asked }: Signs): Reason | undefined {
  if (hasMore === false) return undefined;
  if (next.kind === "unreadable") return "dataPlaceUnreadable";
  if (hasMore && next.kind === "none") return "dataMoreUnsaid";
  const isEmptyOnTheWay = rows === 0 && asked !== undefined;
  if (isEmptyOnTheWay && (next.kind === "none" || next.cursor === asked || next.cursor === "0"))
    return "dataEndUnsaid";
  return undefined;
}

function shownPage(rows: readonly unknown[], outer: Fields): ShownPage {
  const leads: Lead[] = [];
  const unread: unknown[] = [];
  for (const row of rows) {
    const lead = leadOf(row);
    if (lead) leads.push(lead);
    else if (!isOfAnotherKind(row)) unread.push(row);
  }
  const creditsLeft = z.number().safeParse(outer["credits_remaining"]).data;
  return {
    leads,
    rows: rows.length,
    ...unreadableAmong(unread),
    ...(creditsLeft === undefined ? {} : { creditsLeft }),
  };
}

/** Between videos, which are of type 1, stand rows about something else: accounts, music. */
function isOfAnotherKind(row: unknown): boolean {
  const { type } = fields.safeParse(row).data ?? {};
  return typeof type === "number" && type !== 1;
}

/** The rows, as a list or as an object with numbered keys; none for null. Undefined where there is no list. */
function listIn(holder: Fields): readonly unknown[] | undefined {
  const name = LISTS.find((one) => Object.hasOwn(holder, one) && isList(one, holder[one]));
  if (name === undefined) return undefined;
  const list = holder[name];
  if (Array.isArray(list)) return list;
  return list === null ? [] : Object.values(fields.parse(list));
}

/** `data` is the list itself where it is an array, else what holds it. */
function isList(name: string, value: unknown): boolean {
  if (name === "data") return Array.isArray(value);
  return value === null || typeof value === "object";
}

function nextOf(holders: readonly Fields[]): Next {
  const named = holders.flatMap((one) => [one["cursor"], one["nextCursor"]]);
  const given = named.filter((cursor) => cursor !== undefined && cursor !== null && cursor !== "");
  const cursor = given.map(textOfCursor).find((text) => text !== undefined);
  if (cursor !== undefined) return { kind: "place", cursor };
  return { kind: given.length === 0 ? "none" : "unreadable" };
}

function textOfCursor(cursor: unknown): string | undefined {
  if (typeof cursor === "number" && Number.isSafeInteger(cursor)) return String(cursor);
  return typeof cursor === "string" ? cursor : undefined;
}

const YES: readonly unknown[] = [1, true, "1", "true"];
const NO: readonly unknown[] = [0, false, "0", "false"];

/** The end counts for more than its contrary, should a page say both. */
function hasMoreIn(holders: readonly Fields[]): boolean | undefined {
  const said = holders.flatMap((one) => [one["has_more"], one["hasMore"]]);
  if (said.some((word) => NO.includes(word))) return false;
  return said.some((word) => YES.includes(word)) ? true : undefined;
}

/** TikTok's own answers carry a status of their own, 0 when all is well. */
function saysFailure(holder: Fields): boolean {
  const { success, error, errors, status_code: status } = holder;
  const isError = typeof error === "string" ? error !== "" : typeof error === "object" && error !== null;
  const hasErrors = Array.isArray(errors) && errors.length > 0;
  return (
    success === false ||
    isError ||
    hasErrors ||
    (typeof status === "number" && status !== 0 && status !== 200)
  );
}

function leadOf(row: unknown): Lead | undefined {
  const item = fields.safeParse(row).data ?? {};
  const video = fields.safeParse(item["aweme_info"] ?? item).data ?? {};
  const author = fields.safeParse(video["author"]).data ?? {};
  const known = authorSchema.safeParse(author).data;
  if (!known) return undefined;
  const displayName = z.string().min(1).safeParse(author["nickname"]).data;
  const details = detailsOf(known.unique_id, video, author);
  return {
    id: known.uid,
    username: known.unique_id.toLowerCase(),
    ...(displayName === undefined ? {} : { displayName }),
    ...(Object.keys(details).length === 0 ? {} : { details }),
  };
}

/** The link is built here: the ones that come along may belong to another video. */
function detailsOf(name: string, video: Fields, author: Fields): Record<string, string> {
  const followers = z.number().int().nonnegative().safeParse(author["follower_count"]).data;
  const videoId = id.safeParse(video["aweme_id"]).data;
  return {
    ...(followers === undefined ? {} : { followers: String(followers) }),
    ...(videoId === undefined ? {} : { video: `https://www.tiktok.com/@${name}/video/${videoId}` }),
  };
}
