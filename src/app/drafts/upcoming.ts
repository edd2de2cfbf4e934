/**
 * Whom a draft would write to if it were started now, each with the very values it would be sent: the campaign's own
 * people who are still to be written to, known as the draft's list knows them, and the names that are new to it. Plan and
 * preview are counted and shown from this alone; the claim asks everything again.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { RecipientState, Variables } from "../../domain/recipient.ts";
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

/** Names looked at in one turn of the event loop. */
const PIECE = 1000;

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
  const judge = (
    person: Upcoming,
    about: Omit<Extract<Prospect, { kind: "toSend" }>, "kind" | keyof Upcoming>,
  ): Promise<Prospect> => judged(person, about, { sent, obstacle });
  if (listed)
    for await (const { username, variables, isCorrected } of parts.campaigns.recipients(campaignId, listId)) {
      const isListed = listed.has(username);
      if (sent.has(username) ? !isListed : !TO_BE_SENT.includes(states.get(username))) continue;
      yield await judge({ username, variables }, { isNew: false, isListed, isCorrected });
    }
  const columns = (await parts.lists.get(listId))?.columns ?? [];
  let looked = 0;
  for await (const { username, values } of parts.lists.rows(listId)) {
    if (++looked % PIECE === 0) await nextTurn();
    if (states.has(username)) continue;
    const variables = Object.fromEntries(columns.map((column, index) => [column, values[index] ?? ""]));
    yield await judge({ username, variables }, { isNew: true, isListed: true, isCorrected: false });
  }
}

async function judged(
  person: Upcoming,
  about: Omit<Extract<Prospect, { kind: "toSend" }>, "kind" | keyof Upcoming>,
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
