/** One page of videos in the shape of each provider, with the traps that real answers have. */
import type { SearchPage, Video } from "./search-pages.ts";

export interface ShapeOptions {
  /** How the end is told where the provider has a word for it; by default as a number. */
  readonly hasMore?: "number" | "boolean" | "absent";
  /** SociaVault may give the list as an object with numbered keys. */
  readonly listAsObject?: boolean;
}

/** The trimmed shape has the video itself in the list, the full one wraps it. */
export function scrapeCreatorsBody(
  page: SearchPage,
  options: ShapeOptions & { readonly isTrimmed: boolean; readonly creditsLeft: number },
): object {
  const list = page.videos.map(options.isTrimmed ? videoBody : wrapped);
  return {
    success: true,
    credits_remaining: options.creditsLeft,
    total: 0,
    search_item_list: list,
    ...turn(page, options),
  };
}

export function sociaVaultBody(page: SearchPage, options: ShapeOptions): object {
  const list = page.videos.map(wrapped);
  const shown = options.listAsObject ? Object.fromEntries(list.entries()) : list;
  return { success: true, data: { search_item_list: shown, ...turn(page, options) } };
}

/** Rows of other types stand between the videos; the end is told by nothing but a missing cursor. */
export function ensembleDataBody(page: SearchPage): object {
  const list: object[] = page.videos.map((video) => ({ type: 1, ...wrapped(video) }));
  if (list.length > 3) list.splice(2, 0, { type: 4, user_list: null });
  return { data: { data: list, ...(page.next === undefined ? {} : { nextCursor: page.next }) } };
}

function turn({ next, cursor }: SearchPage, { hasMore = "number" }: ShapeOptions): object {
  const isLast = next === undefined;
  if (hasMore === "absent") return isLast ? {} : { cursor: next };
  return { cursor: next ?? cursor, has_more: hasMore === "number" ? Number(!isLast) : !isLast };
}

function wrapped(video: Video): object {
  return { aweme_info: videoBody(video), search_aweme_info: {} };
}

/** Ids as numbers have lost their last digits, the link belongs to another video, and much is null. */
function videoBody({ id, creator }: Video): object {
  return {
    aweme_id: id,
    author_user_id: Number(creator.uid),
    desc: "",
    desc_language: null,
    create_time: 1_767_225_600,
    author: {
      uid: creator.uid,
      sec_uid: null,
      unique_id: creator.name,
      nickname: `The ${creator.name}`,
      follower_count: creator.name.length * 100,
      following_count: 0,
      signature: null,
    },
    statistics: null,
    text_extra: null,
    url: "https://www.tiktok.com/@somebody.else/video/7400000000000000000",
  };
}
