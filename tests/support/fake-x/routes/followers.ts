/** `users/:id/followers`: newest first, page by page; the last page has no token. */
import { checkParameters, listed, maxResults, shapesOf } from "../parameters.ts";
import { pageOf } from "../page-tokens.ts";
import type { Reply } from "../refusals.ts";
import { invalidRequest, partialError } from "../refusals.ts";
import type { Visit } from "../world.ts";
import { isThere, userView } from "./users.ts";

export function followers({ world, parameter: id, query, now }: Visit): Reply {
  checkParameters(query, shapesOf(world.document).followers);
  if (!/^\d{1,19}$/.test(id))
    throw invalidRequest("id", id, `The \`id\` [${id}] does not match ^[0-9]{1,19}$`);
  const size = maxResults(query, { least: 1, most: 1000, usual: 100 });
  const person = world.people.withId(id);
  if (!person || !isThere(person)) return notThere(person ? "suspended" : "missing", id);
  if (person.state === "protected") return protectedOne(id);
  const list = `followers ${id}`;
  const token = query.get("pagination_token");
  const start = token === null ? 0 : Number(world.tokens.read("pagination_token", token, list));
  if (token !== null && world.options.followersMove) {
    const count = person.followers.length;
    person.followers.unshift(world.people.add({ name: `late_${id.slice(-4)}_${count}`.slice(0, 15) }).id);
  }
  const { page, next } = pageOf(person.followers, start, size);
  const shown = page.flatMap((follower) => world.people.withId(follower) ?? []).filter(isThere);
  const fields = listed(query, "user.fields");
  world.bill.chargeRows(
    "user",
    shown.map((one) => one.id),
    now,
  );
  const meta = {
    result_count: shown.length,
    ...(next === undefined ? {} : { next_token: world.tokens.make(list, String(next)) }),
    ...(start > 0 ? { previous_token: world.tokens.make(list, String(Math.max(0, start - size))) } : {}),
  };
  const data = shown.map((one) => userView(one, fields));
  return { status: 200, body: { ...(data.length > 0 ? { data } : {}), meta } };
}

function notThere(kind: "missing" | "suspended", id: string): Reply {
  return {
    status: 200,
    body: { errors: [partialError(kind, { resource: "user", parameter: "id", value: id })] },
  };
}

/** A protected account shows its followers to nobody who does not follow it. */
function protectedOne(id: string): Reply {
  const error = {
    value: id,
    detail: `Sorry, you are not authorized to see the user with id: [${id}].`,
    title: "Authorization Error",
    resource_type: "user",
    parameter: "id",
    resource_id: id,
    type: "https://api.twitter.com/2/problems/not-authorized-for-resource",
  };
  return { status: 200, body: { errors: [error] } };
}
