/** What was done to a campaign, by whom and when: read off the campaign itself, which keeps who stated, changed and steered what. */
import type { Amendment } from "../amending/amendment.ts";
import type { Campaign, SteeringDeed } from "../campaign.ts";
import type { StatusChange } from "../campaign-status.ts";
import { isWaiting } from "../may-send.ts";
import type { ChangedPart } from "../revision.ts";

/** What was begun about messages that were sent. */
export type AmendingDeed = Pick<Amendment, "kind" | "by" | "at" | "count">;

/** `by` is absent where it was nobody. */
export type Deed =
  | SteeringDeed
  | ({ readonly what: AmendingDeed["kind"] } & Omit<AmendingDeed, "kind">)
  | { readonly what: "created" | "finished"; readonly by?: string; readonly at: number }
  | { readonly what: "consented"; readonly by: string; readonly at: number; readonly statement: string }
  | {
      readonly what: "changed";
      readonly by: string;
      readonly at: number;
      readonly parts: readonly ChangedPart[];
    };

/** Kept of a campaign that is steered for ever; each is some fifty bytes of its document. */
const MOST_KEPT = 200;

/** What somebody did, whose moment is another one's to say. */
export interface Done extends Pick<SteeringDeed, "what"> {
  readonly by?: string | undefined;
}

/** The campaign with one more on record. @param at ms since the epoch */
export function withDeed(campaign: Campaign, { what, by }: Done, at: number): Campaign {
  const deed = { what, at, ...(by === undefined ? {} : { by }) };
  return { ...campaign, deeds: [...(campaign.deeds ?? []), deed].slice(-MOST_KEPT) };
}

/**
 * The same change with its moment: since when the campaign is paused, and whose word it was. A stop that waits for a
 * person is put on record too; one that ends by itself may come every few minutes, and nobody has done anything.
 * @param at ms since the epoch
 */
export function recorded(change: StatusChange, at: number, done?: Done): StatusChange {
  return (from) => {
    const to = change(from);
    if (!to) return undefined;
    const { pausedAt, ...rest } = to;
    const since = from.pause === to.pause ? pausedAt : at;
    const timed = to.status === "paused" && since !== undefined ? { ...rest, pausedAt: since } : rest;
    const isStop = to.status === "paused" && from.status !== "paused" && !isWaiting(to);
    const deed = done ?? (isStop ? { what: "paused" as const } : undefined);
    return deed ? withDeed(timed, deed, at) : timed;
  };
}

/** All that is on record, the oldest first. */
export function deedsOf(campaign: Campaign, amendments: readonly AmendingDeed[] = []): readonly Deed[] {
  const { createdAt, createdBy, consent, earlierConsents = [], revisions = [], finishedAt } = campaign;
  const deeds: Deed[] = [
    { what: "created", at: createdAt, ...(createdBy === undefined ? {} : { by: String(createdBy) }) },
    ...[...earlierConsents, consent].map(({ by, at, statement }): Deed => ({
      what: "consented",
      by,
      at,
      statement,
    })),
    ...revisions.map(({ by, at, what: parts }): Deed => ({ what: "changed", by, at, parts })),
    ...(campaign.deeds ?? []),
    ...amendments.map(({ kind: what, ...begun }): Deed => ({ what, ...begun })),
    ...(finishedAt === undefined ? [] : [{ what: "finished" as const, at: finishedAt }]),
  ];
  return deeds.toSorted((one, other) => one.at - other.at);
}
