/** Query parameters, checked as strictly as documented: one wrong one refuses the whole call. */
import type { XDocument } from "./documents.ts";
import { invalidRequest } from "./refusals.ts";

/** What may stand in a comma list; absent: any text. */
type Shape = Readonly<Record<string, readonly string[] | RegExp>>;

const eventTypes = ["MessageCreate", "ParticipantsJoin", "ParticipantsLeave"];
const token = /^.{16,}$/;
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** Parameters of each route by one document, each with what its values may be. */
export function shapesOf(document: XDocument) {
  const { postParameter, postFields, postExpansions } = document;
  const user = {
    "user.fields": document.userFields,
    expansions: document.userExpansions,
    [postParameter]: postFields,
  };
  const ofPosts = {
    "user.fields": document.userFields,
    expansions: postExpansions,
    [postParameter]: postFields,
  };
  return {
    user,
    usersBy: { usernames: /^[A-Za-z0-9_]{1,15}$/, ...user },
    followers: { max_results: /^\d+$/, pagination_token: token, ...user },
    events: {
      max_results: /^\d+$/,
      pagination_token: token,
      event_types: eventTypes,
      "dm_event.fields": document.eventFields,
      "user.fields": document.userFields,
      expansions: document.eventExpansions,
      [postParameter]: postFields,
    },
    post: ofPosts,
    search: {
      query: /^[^]{1,512}$/,
      max_results: /^\d+$/,
      next_token: token,
      pagination_token: token,
      since_id: /^\d{1,19}$/,
      until_id: /^\d{1,19}$/,
      start_time: moment,
      end_time: moment,
      sort_order: ["recency", "relevancy"],
      ...ofPosts,
    },
  } satisfies Record<string, Shape>;
}

/** Values that are one text and no comma list. */
const whole = new Set(["query"]);

/** @throws Refused for a parameter that is unknown, given twice, empty, or has a value it may not have or has twice */
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
      (part, index) =>
        parts.indexOf(part) !== index ||
        !(allowed instanceof RegExp ? allowed.test(part) : allowed.includes(part)),
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
