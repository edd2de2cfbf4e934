/** What the channel makes of a person before anything is asked of Telegram: whether they may be written to, and in which lane. */
import type { Fault } from "../../domain/fault.ts";
import type { Subscriber } from "../../domain/people/subscriber.ts";
import type { Reason } from "../../domain/reasons/reason.ts";
import type { LanePass, LanePlace } from "../../lib/pace/priority-lane.ts";
import type { Audience } from "./telegram-parts.ts";

export const stopped: Fault = { kind: "withdrawn", why: "stoppedBeforeCall", uncalled: true };
export const neverStarted: Fault = {
  kind: "recipient",
  state: "notFound",
  why: "neverStartedBot",
  uncalled: true,
};

export function passTo(person: Subscriber | undefined): LanePass {
  return { rank: "campaign", chat: String(chatIdOf(person)), turnsBack: true };
}

export interface Silence {
  readonly until: number;
  readonly scope: "all" | "chat";
}

export function throttled({ until, scope }: Silence, { why }: { readonly why: Reason }): Fault {
  return { kind: "throttled", scope: scope === "all" ? "channel" : "recipient", retryAt: until, why };
}

export function chatIdOf(person: Subscriber | undefined): number {
  return person?.chatId ?? person?.id ?? 0;
}

export function faultOfPerson(person: Subscriber | undefined): Fault | undefined {
  switch (person?.state) {
    case undefined:
      return neverStarted;
    case "active":
      return undefined;
    case "stopped":
      return { kind: "recipient", state: "refused", why: "unsubscribed", uncalled: true };
    case "blocked":
      return { kind: "recipient", state: "refused", why: "blockedBot", uncalled: true };
    case "deactivated":
      return { kind: "recipient", state: "refused", why: "telegramAccountDeleted", uncalled: true };
  }
}

/** Looks a person up whose place in the lane is held. Where that fails it is given back: of a full lane nobody would go again. */
export async function findFor(
  place: LanePlace,
  audience: Pick<Audience, "find">,
  name: string,
): Promise<Subscriber | undefined> {
  try {
    return await audience.find(name);
  } catch (error) {
    place.giveBack();
    throw error;
  }
}
