/**
 * Content that is copied from an operator's chat as it is, because a message can be far more than a text: the platform makes the
 * copy, and nothing in it says where it came from. Owns what of a message stands in the copy's place, and what a text beside it means.
 */

/** What a message is, as people call it. */
export const contentKinds = [
  "text",
  "photo",
  "document",
  "video",
  "animation",
  "audio",
  "voice",
  "videoNote",
  "sticker",
  "poll",
  "location",
  "venue",
  "contact",
  "dice",
  "livePhoto",
  "richText",
  "album",
] as const;
export type ContentKind = (typeof contentKinds)[number];

/** Messages of a chat that are copied together; the campaign's text beside it, unless empty, stands in the caption's place. */
export interface CopiedContent {
  readonly kind: ContentKind;
  /** The chat that they are in, and stay in as long as the campaign sends. */
  readonly chatId: number;
  /** Rising; several are an album. */
  readonly messageIds: readonly number[];
  /** What is written in it, for people to know it by; absent: nothing is. */
  readonly caption?: string;
}

/** Kinds whose caption another text can take the place of (Bot API 10.1, copyMessage: "New caption for media"). */
const captioned: readonly ContentKind[] = [
  "photo",
  "document",
  "video",
  "animation",
  "audio",
  "voice",
  "livePhoto",
];

/** Tells whether a campaign's text can stand in its caption's place. */
export function takesCaption({ kind }: Pick<CopiedContent, "kind">): boolean {
  return captioned.includes(kind);
}

/** Tells whether a text goes along with something else, as its caption. */
export function isCaption({
  attachment,
  copy,
}: {
  readonly attachment?: unknown;
  readonly copy?: unknown;
}): boolean {
  return attachment !== undefined || copy !== undefined;
}

/** What the answer to a copied album is kept as: every message is needed to take it back. */
export function joinedIds(ids: readonly (number | string)[]): string {
  return ids.join(",");
}

/** The platform's ids in what was kept of a message; undefined when they are none. */
export function messageIdsIn(kept: string): readonly number[] | undefined {
  return /^\d+(?:,\d+)*$/.test(kept) ? kept.split(",").map(Number) : undefined;
}
