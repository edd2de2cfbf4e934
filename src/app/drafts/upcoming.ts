/**
 * Whom a draft would write to if it were started now, each with the very values it would be sent: the campaign's own
 * people who are still to be written to, known as the draft's list knows them, and the names that are new to it. Plan and
 * preview are counted and shown from this alone; the claim asks everything again.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { RecipientState, Variables } from "../../domain/recipient.ts";
import { askedTogether } from "../../lib/asked-together.ts";
import type { LedgerStore } from "../../storage/ports/ledger.ts";
import type { SubscriberStore, SuppressionStore } from "../../storage/ports/people.ts";
import type { AppParts } from "../app-parts.ts";
import { rulesOf } from "../campaigns/campaign-of-draft.ts";
import type { Draft } from "./draft.ts";
import type { Obstacle } from "./obstacles.ts";
import { obstaclesNow } from "./obstacles.ts";

export interface UpcomingParts extends Pick<AppParts, "campaigns" | "lists" | "contacts" | "clock"> {
  readonly ledgers: Pick<LedgerStore, "sentNames" | "states">;
  readonly suppression: Pick<SuppressionStore, "questions">;
  /** For who speaks what, and who is behind which name. */
  readonly subscribers: Pick<SubscriberStore, "find">;
}

export interface Upcoming {
  readonly username: string;
  readonly variables: Variables;
}

/** One name, and what would become of it at a Start. */
export type Prospect =
  | ({
      readonly kind: "toSend";
      /** The campaign does not know it yet. */
      readonly isNew: boolean;
      /** It is in the draft's list. */
      readonly isListed: boolean;
      /** The draft's list brings other values than it had. */
      readonly isCorrected: boolean;
    } & Upcoming)
  /** `isNew` as above. */
  | { readonly kind: "alreadySent" | Obstacle; readonly isNew: boolean };

const TO_BE_SENT: readonly (RecipientState | undefined)[] = [undefined, "planned", "failed"];

/** Looks at every name, the campaign's own first; those of it that are settled are left out unless they have the message. */
export async function* prospects(parts: UpcomingParts, draft: Draft): AsyncGenerator<Prospect> {
  const { campaignId, listId } = draft;
  const existing = await parts.campaigns.get(campaignId);
  const rule = { channel: draft.channel, ...rulesOf(draft, existing) };
  const obstacle = await obstaclesNow(parts, campaignId, { rule, now: parts.clock.now() });
  const states = await parts.ledgers.states(campaignId);
  const sent = await parts.ledgers.sentNames(campaignId, states);
  const listed = states.size === 0 ? undefined : await namesOf(parts, listId);
  const own = listed ? ownPeople(parts, draft, { states, sent, listed }) : [];
  const judge = (one: Looked): Promise<Prospect> => judged(one, { sent, obstacle });
  for (const those of [own, newNames(parts, listId, states)])
    for await (const some of askedTogether(those, judge)) {
      for (const [, prospect] of some) yield prospect;
      await nextTurn();
    }
}

/** Somebody of whom it is asked what would become of them. */
interface Looked {
  readonly person: Upcoming;
  readonly about: Omit<Extract<Prospect, { kind: "toSend" }>, "kind" | keyof Upcoming>;
}

interface Known {
  readonly states: ReadonlyMap<string, RecipientState>;
  readonly sent: ReadonlySet<string>;
  readonly listed: ReadonlySet<string>;
}

/** The campaign's own people who are still to be written to, and those of the list who have the message. */
async function* ownPeople(
  { campaigns }: UpcomingParts,
  { campaignId, listId }: Draft,
  { states, sent, listed }: Known,
): AsyncGenerator<Looked> {
  for await (const { username, variables, isCorrected } of campaigns.recipients(campaignId, listId)) {
    const isListed = listed.has(username);
    if (sent.has(username) ? !isListed : !TO_BE_SENT.includes(states.get(username))) continue;
    yield { person: { username, variables }, about: { isNew: false, isListed, isCorrected } };
  }
}

async function* newNames(
  { lists }: UpcomingParts,
  listId: string,
  states: Known["states"],
): AsyncGenerator<Looked> {
  const columns = (await lists.get(listId))?.columns ?? [];
  for await (const { username, values } of lists.rows(listId)) {
    if (states.has(username)) continue;
    const variables = Object.fromEntries(columns.map((column, index) => [column, values[index] ?? ""]));
    yield { person: { username, variables }, about: { isNew: true, isListed: true, isCorrected: false } };
  }
}

async function judged(
  { person, about }: Looked,
  {
    sent,
    obstacle,
  }: { sent: ReadonlySet<string>; obstacle: (username: string) => Promise<Obstacle | undefined> },
): Promise<Prospect> {
  if (sent.has(person.username)) return { kind: "alreadySent", isNew: about.isNew };
  const reason = await obstacle(person.username);
  return reason === undefined
    ? { kind: "toSend", ...about, ...person }
    : { kind: reason, isNew: about.isNew };
}

async function namesOf({ lists }: UpcomingParts, listId: string): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for await (const { username } of lists.rows(listId)) names.add(username);
  return names;
}
