/** Query parameters, checked as strictly as documented: one wrong one refuses the whole call. */
import { invalidRequest } from "./refusals.ts";

const userFields =
  "affiliation connection_status created_at description entities id is_identity_verified location most_recent_tweet_id name parody pinned_tweet_id pinned_post_id profile_banner_url profile_image_url protected public_metrics receives_your_dm subscription subscription_type url username verified verified_followers_count verified_type withheld".split(
    " ",
  );
const postFields =
  "article attachments author_id card_uri context_annotations conversation_id created_at edit_controls edit_history_tweet_ids entities geo id in_reply_to_user_id lang note_tweet possibly_sensitive public_metrics referenced_tweets referenced_posts reply_settings source text withheld".split(
    " ",
  );
const eventFields =
  "attachments created_at dm_conversation_id entities event_type id participant_ids referenced_tweets sender_id text".split(
    " ",
  );
const postExpansions =
  "attachments.media_keys attachments.poll_ids author_id edit_history_tweet_ids entities.mentions.username geo.place_id in_reply_to_user_id referenced_tweets.id referenced_tweets.id.author_id referenced_posts.id".split(
    " ",
  );
const userExpansions = "affiliation.user_id most_recent_tweet_id pinned_tweet_id pinned_post_id".split(" ");
const eventExpansions = "attachments.media_keys participant_ids referenced_tweets.id sender_id".split(" ");
const eventTypes = ["MessageCreate", "ParticipantsJoin", "ParticipantsLeave"];

/** What may stand in a comma list; absent: any text. */
type Shape = Readonly<Record<string, readonly string[] | RegExp>>;

const ofPosts = { "tweet.fields": postFields, "post.fields": postFields };
const token = /^.{16,}$/;

/** Parameters of each route, each with what its values may be. */
export const shapes = {
  user: { "user.fields": userFields, expansions: userExpansions, ...ofPosts },
  usersBy: {
    usernames: /^[A-Za-z0-9_]{1,15}$/,
    "user.fields": userFields,
    expansions: userExpansions,
    ...ofPosts,
  },
  followers: {
    max_results: /^\d+$/,
    pagination_token: token,
    "user.fields": userFields,
    expansions: userExpansions,
    ...ofPosts,
  },
  events: {
    max_results: /^\d+$/,
    pagination_token: token,
    event_types: eventTypes,
    "dm_event.fields": eventFields,
    "user.fields": userFields,
    expansions: eventExpansions,
    ...ofPosts,
  },
  post: { "user.fields": userFields, expansions: postExpansions, ...ofPosts },
  search: {
    query: /^[^]{1,512}$/,
    max_results: /^\d+$/,
    next_token: token,
    pagination_token: token,
    since_id: /^\d{1,19}$/,
    until_id: /^\d{1,19}$/,
    start_time: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
    end_time: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
    sort_order: ["recency", "relevancy"],
    "user.fields": userFields,
    expansions: postExpansions,
    ...ofPosts,
  },
} as const satisfies Record<string, Shape>;

/** Values that are one text and no comma list. */
const whole = new Set(["query"]);

/** @throws Refused for a parameter that is unknown, given twice, empty, or has a value it may not have */
export function checkParameters(query: URLSearchParams, shape: Shape): void {
  for (const [name, value] of query) {
    const allowed = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (!allowed)
      throw invalidRequest(
        name,
        value,
        `The query parameter [${name}] is not one of [${Object.keys(shape).join(",")}]`,
      );
    if (query.getAll(name).length > 1) throw invalidRequest(name, value, `Duplicate parameter [${name}]`);
    const parts = whole.has(name) ? [value] : value.split(",");
    const wrong = parts.find(
      (part) => !(allowed instanceof RegExp ? allowed.test(part) : allowed.includes(part)),
    );
    if (wrong !== undefined)
      throw invalidRequest(
        name,
        value,
        `The \`${name}\` query parameter value [${wrong}] is not one of or does not match ${String(allowed)}`,
      );
  }
}

/** @throws Refused outside of what the route allows */
export function maxResults(
  query: URLSearchParams,
  { least, most, usual }: { least: number; most: number; usual: number },
): number {
  const given = query.get("max_results");
  const value = given === null ? usual : Number(given);
  if (value < least || value > most)
    throw invalidRequest(
      "max_results",
      String(given),
      `The \`max_results\` query parameter value [${given}] is not between ${least} and ${most}`,
    );
  return value;
}

/** The parts of a comma list; none where it is absent. */
export function listed(query: URLSearchParams, ...names: readonly string[]): Set<string> {
  return new Set(names.flatMap((name) => query.get(name)?.split(",") ?? []));
}
