/** Sending a direct message, and reading messages back. */
import type { DmEvent } from "../conversations.ts";
import { checkParameters, listed, maxResults, shapesOf } from "../parameters.ts";
import type { Person } from "../population.ts";
import type { Reply } from "../refusals.ts";
import { invalidRequest, Refused, refusals } from "../refusals.ts";
import type { Visit } from "../world.ts";
import { userView } from "./users.ts";

const LONGEST_TEXT = 10_000;

export function sendMessage(visit: Visit): Reply {
  const { world, account, now } = visit;
  const text = messageText(visit);
  const person = participant(visit);
  refuseWhoCannotBeWrittenTo(person, account);
  const last = world.conversations.receivedBy(person.id).findLast(({ senderId }) => senderId === account.id);
  if (world.options.refusesRepeats && last?.text === text) throw new Refused(refusals.repeated);
  const event = world.conversations.write(account, person, text, now);
  world.bill.chargeMessage();
  return {
    status: 201,
    body: { data: { dm_conversation_id: event.conversationId, dm_event_id: event.id } },
  };
}

export function conversationEvents(visit: Visit): Reply {
  const partner = participant(visit);
  return eventPage(visit, `dm ${visit.account.id} ${partner.id}`, partner.id);
}

export function events(visit: Visit): Reply {
  return eventPage(visit, `dm ${visit.account.id}`);
}

function participant({ world, parameter: id }: Visit): Person {
  const person = /^\d{1,19}$/.test(id) ? world.people.withId(id) : undefined;
  if (!person || person.state === "missing")
    throw invalidRequest("participant_id", id, `The \`participant_id\` [${id}] is not the id of a user`);
  return person;
}

function refuseWhoCannotBeWrittenTo(person: Person, account: Person): void {
  if (person.state === "verifiedOnly") throw new Refused(refusals.senderNotVerified);
  if (person.state !== "ok" || person.id === account.id) throw new Refused(refusals.cannotDm);
}

/** The body holds `text` and nothing unknown; every other body is refused as a whole. */
function messageText({ body, contentType }: Visit): string {
  if (!/^application\/json\b/i.test(contentType))
    throw invalidRequest("content-type", contentType, "The body must be application/json");
  const parsed = parsedObject(body);
  const unknown = Object.keys(parsed).find((key) => key !== "text" && key !== "attachments");
  if (unknown !== undefined) throw invalidRequest(unknown, "", `$.${unknown}: is not defined in the schema`);
  const { text } = parsed;
  if (typeof text !== "string" || text.length === 0 || text.length > LONGEST_TEXT)
    throw invalidRequest("text", "", "$.text: must be 1 to 10000 characters");
  return text;
}

function parsedObject(body: string): { readonly [key: string]: unknown; readonly text?: unknown } {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Answered below like every other body that is no object.
  }
  throw invalidRequest("body", "", "The body must be a JSON object");
}

function eventPage({ world, account, query, now }: Visit, list: string, partnerId?: string): Reply {
  checkParameters(query, shapesOf(world.document).events);
  const size = maxResults(query, { least: 1, most: 100, usual: 100 });
  const token = query.get("pagination_token");
  const before = token === null ? undefined : BigInt(world.tokens.read("pagination_token", token, list));
  const types = listed(query, "event_types");
  const all = types.size === 0 || types.has("MessageCreate");
  const rest = (all ? world.conversations.seenBy(account.id, now, partnerId) : []).filter(
    ({ id }) => before === undefined || BigInt(id) < before,
  );
  const page = rest.slice(0, size);
  const last = page.at(-1);
  const next = rest.length > page.length && last ? world.tokens.make(list, last.id) : undefined;
  world.bill.chargeRows(
    "event",
    page.map(({ id }) => id),
    now,
  );
  const meta = { result_count: page.length, ...(next ? { next_token: next } : {}) };
  if (page.length === 0) return { status: 200, body: { meta } };
  const fields = listed(query, "dm_event.fields", "expansions");
  const senders = new Set(page.map(({ senderId }) => senderId));
  const users = [...senders].flatMap((id) => world.people.withId(id) ?? []);
  const includes = listed(query, "expansions").has("sender_id")
    ? { includes: { users: users.map((person) => userView(person, listed(query, "user.fields"))) } }
    : {};
  const data = page.map((event) => eventView(event, fields));
  return { status: 200, body: { data, ...includes, meta } };
}

/** Since June 2025 a message tells no `participant_ids`. */
function eventView(event: DmEvent, fields: ReadonlySet<string>): object {
  return {
    id: event.id,
    event_type: "MessageCreate",
    text: event.text,
    ...(fields.has("sender_id") ? { sender_id: event.senderId } : {}),
    ...(fields.has("dm_conversation_id") ? { dm_conversation_id: event.conversationId } : {}),
    ...(fields.has("created_at") ? { created_at: new Date(event.at).toISOString() } : {}),
  };
}
