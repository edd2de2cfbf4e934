/**
 * Reads a page of videos in whichever of the providers' shapes it comes. Fields that no lead needs may be absent, null
 * or of another type; a video without a readable author is a row and no lead.
 */
import { z } from "zod";
import type { Lead } from "../../domain/collecting/lead.ts";

export interface VideoPage {
  readonly leads: readonly Lead[];
  /** Rows of the answer, whatever became of them. */
  readonly rows: number;
  readonly next?: string;
  readonly creditsLeft?: number;
}

const fields = z.record(z.string(), z.unknown());
type Fields = z.infer<typeof fields>;

/** Names that the list of videos has, by provider and by shape. */
const LISTS = ["search_item_list", "data", "aweme_list"];
/** Ids have 19 digits: those that come as numbers have lost the last ones and are not looked at. */
const authorSchema = z.object({
  uid: z.string().regex(/^[1-9]\d{0,19}$/),
  unique_id: z.string().regex(/^[\w.]+$/),
});

/** Answers undefined for a body that is no page at all. */
export function readVideoPage(body: unknown): VideoPage | undefined {
  const outer = fields.safeParse(body).data;
  if (!outer) return undefined;
  const inner = Array.isArray(outer["data"]) ? undefined : fields.safeParse(outer["data"]).data;
  const holders = inner ? [outer, inner] : [outer];
  const list = holders.map(listIn).find((rows) => rows !== undefined);
  const next = nextOf(holders);
  if (!list && next === undefined && !saysHasMore(holders)) return undefined;
  const rows = list ?? [];
  const creditsLeft = z.number().safeParse(outer["credits_remaining"]).data;
  return {
    leads: rows.flatMap(leadOf),
    rows: rows.length,
    ...(next === undefined || saysEnd(holders) ? {} : { next }),
    ...(creditsLeft === undefined ? {} : { creditsLeft }),
  };
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

function nextOf(holders: readonly Fields[]): string | undefined {
  const cursors = holders.flatMap((one) => [one["cursor"], one["nextCursor"]]);
  return cursors.map(textOfCursor).find((cursor) => cursor !== undefined);
}

function textOfCursor(cursor: unknown): string | undefined {
  if (typeof cursor === "number" && Number.isSafeInteger(cursor)) return String(cursor);
  return typeof cursor === "string" && cursor !== "" ? cursor : undefined;
}

function saysHasMore(holders: readonly Fields[]): boolean {
  return holders.some((one) => typeof one["has_more"] === "number" || typeof one["has_more"] === "boolean");
}

function saysEnd(holders: readonly Fields[]): boolean {
  return holders.some((one) => one["has_more"] === 0 || one["has_more"] === false);
}

function leadOf(row: unknown): Lead[] {
  const item = fields.safeParse(row).data ?? {};
  const video = fields.safeParse(item["aweme_info"] ?? item).data ?? {};
  const author = fields.safeParse(video["author"]).data ?? {};
  const known = authorSchema.safeParse(author).data;
  if (!known) return [];
  const displayName = z.string().min(1).safeParse(author["nickname"]).data;
  const details = detailsOf(known.unique_id, video, author);
  return [
    {
      id: known.uid,
      username: known.unique_id.toLowerCase(),
      ...(displayName === undefined ? {} : { displayName }),
      ...(Object.keys(details).length === 0 ? {} : { details }),
    },
  ];
}

/** The link is built here: the ones that come along may belong to another video. */
function detailsOf(name: string, video: Fields, author: Fields): Record<string, string> {
  const followers = z.number().int().nonnegative().safeParse(author["follower_count"]).data;
  const videoId = z
    .string()
    .regex(/^\d{1,20}$/)
    .safeParse(video["aweme_id"]).data;
  return {
    ...(followers === undefined ? {} : { followers: String(followers) }),
    ...(videoId === undefined ? {} : { video: `https://www.tiktok.com/@${name}/video/${videoId}` }),
  };
}
