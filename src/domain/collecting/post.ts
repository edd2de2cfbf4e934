/**
 * Posts as sources show them. A post is kept as a lead whose id is the post's: unique by it, and with everything that
 * holds for people. Its name is its author's, and what else is known of it are details, which are columns of an export
 * and variables of a message: `{{post}}`, `{{post_url}}`.
 */
import type { Lead } from "./lead.ts";

export interface Post {
  /** The platform's own stable id of the post. */
  readonly id: string;
  readonly author: { readonly id: string; readonly username: string; readonly name?: string | undefined };
  readonly text: string;
  /** As the platform names it, e.g. `en`, `fa`. */
  readonly language?: string | undefined;
  /** ISO 8601, in UTC. */
  readonly time?: string | undefined;
  readonly likes?: number | undefined;
  readonly replies?: number | undefined;
  readonly reposts?: number | undefined;
  readonly quotes?: number | undefined;
  readonly views?: number | undefined;
  readonly url: string;
}

/** Makes a post a lead; what the platform doesn't tell is absent. */
export function leadOfPost({ id, author, text, url, language, time, ...counts }: Post): Lead {
  const { likes, replies, reposts, quotes, views } = counts;
  const told = {
    post: text,
    post_url: url,
    post_time: time,
    post_language: language,
    author_id: author.id,
    likes,
    replies,
    reposts,
    quotes,
    views,
  };
  const details = Object.entries(told).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as const],
  );
  return {
    id,
    username: author.username,
    ...(author.name ? { displayName: author.name } : {}),
    details: Object.fromEntries(details),
  };
}

/** Who wrote a post that is kept as a lead: the platform's id where it is known. */
export function authorOf({ username, details }: Lead): string {
  return details?.["author_id"] ?? username;
}

/** When it was written, ISO 8601; empty where nobody said, which is before everything. */
export function postTimeOf({ details }: Lead): string {
  return details?.["post_time"] ?? "";
}
