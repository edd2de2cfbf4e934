/** What happens in a collection, as front ends and the log hear of it. */
import type { CollectionStatus, ListName } from "./collection.ts";
import type { Target, TargetEnd } from "./lead.ts";
import type { Reason } from "../reasons/reason.ts";
import { isEventOf } from "../campaign-event.ts";

export type CollectionEvent = { readonly list: ListName; readonly at: number } & CollectionHappening;

/** What happened, whichever list and whenever. */
export type CollectionHappening =
  | { readonly kind: "began"; readonly count: number; readonly fromBefore: number }
  /** A page is on disk; `added` of its people were new to the list. */
  | {
      readonly kind: "page";
      readonly target: Target;
      readonly added: number;
      readonly duplicates: number;
      readonly end?: TargetEnd;
    }
  /** A call brought no page. `retryAt`: the target is asked again then; the others go on. */
  | {
      readonly kind: "fault";
      readonly target: Target;
      readonly fault: string;
      readonly why: Reason;
      /** Of how many in a row; absent where repeating makes no difference. */
      readonly attempt?: number;
      readonly of?: number;
      readonly retryAt?: number;
    }
  | {
      readonly kind: "waiting";
      readonly wait: "rateLimit" | "callLimit" | "unavailable" | "cycle";
      readonly until: number;
      readonly why?: Reason;
    }
  | { readonly kind: "status"; readonly status: CollectionStatus };

const kinds: Record<CollectionHappening["kind"], true> = {
  began: true,
  page: true,
  fault: true,
  waiting: true,
  status: true,
};

/** As for campaigns: whether what was kept is an event that this version knows. */
export function isCollectionEvent(value: unknown): value is CollectionEvent {
  return isEventOf(value, kinds) && "list" in value && typeof value.list === "string";
}
