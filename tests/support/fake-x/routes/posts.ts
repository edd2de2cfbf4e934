/** `tweets/:id`, and how a post is shown. */
import { checkParameters, listed, shapesOf } from "../parameters.ts";
import type { Post } from "../posts.ts";
import type { Reply } from "../refusals.ts";
import { invalidRequest, partialError } from "../refusals.ts";
import type { Visit } from "../world.ts";
import { userView } from "./users.ts";

export function post({ world, parameter: id, query, now }: Visit): Reply {
  checkParameters(query, shapesOf(world.document).post);
  if (!/^\d{1,19}$/.test(id))
    throw invalidRequest("id", id, `The \`id\` [${id}] does not match ^[0-9]{1,19}$`);
  const found = world.posts.withId(id);
  if (!found) {
    const errors = [partialError("missing", { resource: "tweet", parameter: "id", value: id })];
    return { status: 200, body: { errors } };
  }
  world.bill.chargeRows("post", [id], now);
  const includes = includesOf([found], query);
  return { status: 200, body: { data: postView(found, query), ...includes } };
}

/** What is longer stands in full in a field of its own (docs.x.com, data dictionary of posts). */
const SHORT = 279;

function isLong({ text }: Post): boolean {
  return text.length > SHORT + 1;
}

/** A post as the asked-for fields show it. */
export function postView(one: Post, query: URLSearchParams): object {
  const fields = listed(query, "tweet.fields", "post.fields", "expansions");
  const extras: Record<string, unknown> = {
    author_id: one.author.id,
    conversation_id: one.conversationId,
    created_at: new Date(one.at).toISOString(),
    in_reply_to_user_id: one.replyTo?.author.id,
    referenced_tweets: one.replyTo && [{ type: "replied_to", id: one.replyTo.id }],
    lang: one.language,
    public_metrics: {
      retweet_count: 0,
      reply_count: 0,
      like_count: one.likes,
      quote_count: 0,
      bookmark_count: 0,
      impression_count: 10 * one.likes,
    },
    [fields.has("note_tweet") ? "note_tweet" : "note_post"]: isLong(one) ? { text: one.text } : undefined,
  };
  const shown = Object.entries(extras).filter(([name, value]) => fields.has(name) && value !== undefined);
  const text = isLong(one) ? `${one.text.slice(0, SHORT)}…` : one.text;
  return { id: one.id, text, edit_history_tweet_ids: [one.id], ...Object.fromEntries(shown) };
}

/** The authors, where they were asked for. */
export function includesOf(page: readonly Post[], query: URLSearchParams): object {
  if (!listed(query, "expansions").has("author_id")) return {};
  const authors = [...new Set(page.map(({ author }) => author))];
  return { includes: { users: authors.map((one) => userView(one, listed(query, "user.fields"))) } };
}
