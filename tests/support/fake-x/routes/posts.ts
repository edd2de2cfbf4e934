/** `tweets/search/recent` for the replies of a post, and `tweets/:id`. */
import { checkParameters, listed, maxResults, shapesOf } from "../parameters.ts";
import type { Post } from "../posts.ts";
import type { Reply } from "../refusals.ts";
import { invalidRequest, partialError } from "../refusals.ts";
import type { Visit, World } from "../world.ts";
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

export function search({ world, query, now }: Visit): Reply {
  checkParameters(query, shapesOf(world.document).search);
  const size = maxResults(query, { least: 10, most: 100, usual: 10 });
  const text = query.get("query") ?? "";
  const matches = clauses(text);
  const list = `search ${text.replaceAll("|", " ")}`;
  const rest = world.posts
    .recent(now)
    .filter((one) => matches.every((isMatch) => isMatch(one)))
    .filter(within(query, world, list));
  const page = rest.slice(0, size);
  const [newest, oldest] = [page[0], page.at(-1)];
  const next = rest.length > page.length && oldest ? world.tokens.make(list, oldest.id) : undefined;
  world.bill.chargeRows(
    "post",
    page.map(({ id }) => id),
    now,
  );
  if (!newest || !oldest) return { status: 200, body: { meta: { result_count: 0 } } };
  const meta = {
    newest_id: newest.id,
    oldest_id: oldest.id,
    result_count: page.length,
    ...(next ? { next_token: next } : {}),
  };
  const data = page.map((one) => postView(one, query));
  return { status: 200, body: { data, ...includesOf(page, query), meta } };
}

/** Understands the operators that find replies, and what narrows them; anything else is refused. */
function clauses(text: string): ((post: Post) => boolean)[] {
  return text.split(/\s+/).map((clause) => {
    const [, operator = "", value = ""] = /^(-?\w+):(\w+)$/.exec(clause) ?? [];
    switch (operator) {
      case "conversation_id":
        return (one) => one.conversationId === value;
      case "in_reply_to_tweet_id":
        return (one) => one.replyTo?.id === value;
      case "-from":
        return (one) => one.author.username.toLowerCase() !== value.toLowerCase();
      case "-is":
        return () => true;
      default:
        throw invalidRequest("query", text, `There were errors processing your request: [${clause}]`);
    }
  });
}

function within(query: URLSearchParams, world: World, list: string): (post: Post) => boolean {
  const given = ["next_token", "pagination_token"].filter((name) => query.has(name));
  if (given.length > 1)
    throw invalidRequest("next_token", "", "next_token and pagination_token exclude each other");
  const [name] = given;
  const before = name === undefined ? undefined : world.tokens.read(name, query.get(name) ?? "", list);
  const [since, until] = [query.get("since_id"), query.get("until_id")];
  const [start, end] = [query.get("start_time"), query.get("end_time")];
  return ({ id, at }) =>
    (before === undefined || BigInt(id) < BigInt(before)) &&
    (since === null || BigInt(id) > BigInt(since)) &&
    (until === null || BigInt(id) < BigInt(until)) &&
    (start === null || at >= Date.parse(start)) &&
    (end === null || at < Date.parse(end));
}

function postView(one: Post, query: URLSearchParams): object {
  const fields = listed(query, "tweet.fields", "post.fields", "expansions");
  const extras: Record<string, unknown> = {
    author_id: one.author.id,
    conversation_id: one.conversationId,
    created_at: new Date(one.at).toISOString(),
    in_reply_to_user_id: one.replyTo?.author.id,
    referenced_tweets: one.replyTo && [{ type: "replied_to", id: one.replyTo.id }],
  };
  const shown = Object.entries(extras).filter(([name, value]) => fields.has(name) && value !== undefined);
  return { id: one.id, text: one.text, edit_history_tweet_ids: [one.id], ...Object.fromEntries(shown) };
}

function includesOf(page: readonly Post[], query: URLSearchParams): object {
  if (!listed(query, "expansions").has("author_id")) return {};
  const authors = [...new Set(page.map(({ author }) => author))];
  return { includes: { users: authors.map((one) => userView(one, listed(query, "user.fields"))) } };
}
