/** `users/me`, `users/by`, `users/by/username/:username`. */
import { checkParameters, listed, shapesOf } from "../parameters.ts";
import type { Person } from "../population.ts";
import type { Reply } from "../refusals.ts";
import { invalidRequest, partialError, unavailableError } from "../refusals.ts";
import type { Visit } from "../world.ts";

const MOST_NAMES = 100;

export function me({ world, account, query }: Visit): Reply {
  checkParameters(query, shapesOf(world.document).user);
  return { status: 200, body: { data: userView(account, listed(query, "user.fields")) } };
}

export function usersBy({ world, query, now }: Visit): Reply {
  checkParameters(query, shapesOf(world.document).usersBy);
  const names = query.get("usernames")?.split(",") ?? [];
  if (names.length === 0 || names.length > MOST_NAMES)
    throw invalidRequest("usernames", names.join(","), "The `usernames` must hold 1 to 100 names");
  const found: Person[] = [];
  const errors: object[] = [];
  const { unavailable = [], leftOut = [] } = world.options.unanswered ?? {};
  for (const name of names.filter((one) => !leftOut.includes(one))) {
    if (unavailable.includes(name)) {
      errors.push(unavailableError(name));
      continue;
    }
    const person = world.people.named(name);
    if (person && isThere(person)) found.push(person);
    else errors.push(notThere(person, "usernames", name));
  }
  const ids = found.map(({ id }) => id);
  world.bill.chargeRows("user", ids, now);
  const fields = listed(query, "user.fields");
  return {
    status: 200,
    body: {
      ...(found.length > 0 ? { data: found.map((person) => userView(person, fields)) } : {}),
      ...(errors.length > 0 ? { errors } : {}),
    },
  };
}

export function userByName({ world, parameter: name, query, now }: Visit): Reply {
  checkParameters(query, shapesOf(world.document).user);
  if (!/^\w{1,15}$/.test(name))
    throw invalidRequest(
      "username",
      name,
      `The \`username\` value [${name}] does not match ^[A-Za-z0-9_]{1,15}$`,
    );
  const person = world.people.named(name);
  if (!person || !isThere(person)) {
    const errors = [notThere(person, "username", name)];
    return { status: world.options.missingNameIs404 ? 404 : 200, body: { errors } };
  }
  world.bill.chargeRows("user", [person.id], now);
  return { status: 200, body: { data: userView(person, listed(query, "user.fields")) } };
}

/** Tells whether the platform still shows this person. */
export function isThere({ state }: Person): boolean {
  return state !== "suspended" && state !== "missing";
}

/** A person as the asked-for fields show them. */
export function userView(person: Person, fields: ReadonlySet<string>): object {
  const canWrite = person.state === "ok";
  const extras: Record<string, unknown> = {
    created_at: "2020-01-01T00:00:00.000Z",
    description: "",
    location: "",
    url: "",
    protected: person.state === "protected",
    verified: false,
    verified_type: "none",
    receives_your_dm: canWrite,
    connection_status: [],
    public_metrics: {
      followers_count: person.followers.length,
      following_count: 0,
      tweet_count: 0,
      listed_count: 0,
    },
  };
  const shown = Object.entries(extras).filter(([name]) => fields.has(name));
  return { id: person.id, name: person.displayName, username: person.username, ...Object.fromEntries(shown) };
}

function notThere(person: Person | undefined, parameter: string, value: string): object {
  const kind = person?.state === "suspended" ? "suspended" : "missing";
  return partialError(kind, { resource: "user", parameter, value });
}
