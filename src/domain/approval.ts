/**
 * A second pair of eyes: what goes out is exactly what somebody else has seen. The approval is of the campaign as it stood,
 * letter by letter; whatever changes it afterwards (another text, more names, other limits, another start) makes it another
 * one, which holds before its next claim. So there is nothing that would have to be called back, and a kill changes nothing.
 */
import type { Campaign } from "./campaign.ts";
import type { StatusChange } from "./campaign-status.ts";
import { started } from "./campaign-status.ts";

/** What happens to a campaign on its way, and what is kept of its past: none of it is what goes out. All else is. */
const course = [
  "approval",
  "status",
  "pause",
  "pausedAt",
  "unexplained",
  "deeds",
  "finishedAt",
  "createdAt",
  "createdBy",
  "earlierConsents",
  "earlierMessages",
  "formerAccounts",
  "revision",
  "revisions",
  "startedWith",
  "askedWith",
  "restored",
  // Whoever ends follow-ups has less go out.
  "followUpsCancelled",
  // When somebody looked at how it fares.
  "looked",
  "setAt",
] as const;
const COURSE: ReadonlySet<string> = new Set(course);

/** The fields that are approved. */
export type ApprovedField = Exclude<keyof Campaign, (typeof course)[number]>;

/** What was no part of an approval once. */
const LATER: ReadonlySet<string> = new Set(["consent", "tryFirst"]);

/**
 * All of a campaign that is approved, as one text; two campaigns that go out alike have the same. Of the consent it is what
 * was stated: whose word that is says who can't approve it.
 */
export function approvable({ consent, ...campaign }: Campaign): string {
  return textOf({ ...campaign, consent: consent.statement });
}

function textOf(campaign: object, leftOut: ReadonlySet<string> = new Set()): string {
  return JSON.stringify(campaign, (key, value: unknown) => {
    if (COURSE.has(key) || leftOut.has(key)) return undefined;
    const isTable = typeof value === "object" && value !== null && !Array.isArray(value);
    return isTable
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  });
}

/** Tells whether a campaign waits for an approval, whatever else it waits for. */
export function lacksApproval(campaign: Campaign): boolean {
  const { approval } = campaign;
  return approval !== undefined && !isOf(approval.given?.of, campaign);
}

function isOf(given: string | undefined, campaign: Campaign): boolean {
  if (given === undefined || given === approvable(campaign)) return given !== undefined;
  // An older version approved less; a quote within a text has a backslash before it.
  return !given.includes('"consent":') && given === textOf(campaign, LATER);
}

/** Everybody who made it what it is; as in `Consent`. None of them can approve it. */
export function makersOf({
  createdBy,
  consent,
  earlierConsents = [],
  revisions = [],
  schedule,
  earlierMessages = [],
}: Campaign): ReadonlySet<string> {
  return new Set([
    ...(createdBy === undefined ? [] : [String(createdBy)]),
    ...[consent, ...earlierConsents].map(({ by }) => by),
    ...revisions.map(({ by }) => by),
    ...earlierMessages.map(({ by }) => by),
    ...(schedule ? [schedule.by] : []),
  ]);
}

/** Why somebody can't approve a campaign as they saw it; undefined: they can. @param seen See {@link approvable} */
export function whyNotApproved(
  campaign: Campaign,
  { by, seen }: { readonly by: string; readonly seen: string },
): "notNow" | "own" | "changed" | undefined {
  const { status } = campaign;
  if (!lacksApproval(campaign) || status === "finished" || status === "cancelled") return "notNow";
  if (makersOf(campaign).has(by)) return "own";
  return approvable(campaign) === seen ? undefined : "changed";
}

/** It is approved as it stands, and goes on where it waited for that. @param at ms since the epoch */
export function approved(by: string, seen: string, at: number): StatusChange {
  return (from) => {
    if (whyNotApproved(from, { by, seen }) !== undefined) return undefined;
    const to = { ...from, approval: { given: { by, at, of: seen } } };
    if (from.pause?.kind !== "approval") return to;
    const { pause: _, ...rest } = to;
    return { ...rest, status: "running" };
  };
}

/** To go on after the first few was approved with them; whatever else a person's word changes was not. */
export function asForeseen(change: StatusChange): StatusChange {
  return (from) => {
    const [to, given] = [change(from), from.approval?.given];
    if (!to || !given || from.pause?.kind !== "triedFirst" || lacksApproval(from)) return to;
    const { tryFirst: _, ...before } = from;
    const { tryFirst: __, ...after } = to;
    if (approvable(before) !== approvable(after)) return to;
    return { ...to, approval: { ...to.approval, given: { ...given, of: approvable(to) } } };
  };
}

/**
 * People joined by what was approved with it, such as those of a follow-up whose days are over: it stays approved, if
 * nothing else of it is otherwise than it was before they joined.
 */
export function joinedAsApproved(before: Campaign): StatusChange {
  return (from) => {
    const given = before.approval?.given;
    if (!given || lacksApproval(before)) return undefined;
    if (!isOf(given.of, { ...from, lists: before.lists })) return undefined;
    const to = { ...from, approval: { given: { ...given, of: approvable(from) } } };
    if (from.pause?.kind !== "approval") return to;
    const { pause: _, ...rest } = to;
    return { ...rest, status: "running" };
  };
}

/** It is sent back with a reason, and waits for a change or for another's approval. */
export function sentBack(by: string, reason: string, at: number): StatusChange {
  return (from) => {
    if (!lacksApproval(from) || from.status === "finished" || from.status === "cancelled") return undefined;
    return { ...from, approval: { ...from.approval, sentBack: { by, at, reason } } };
  };
}

/** From now on it goes out only when it is approved; as it stands it was on its way before that was asked for. */
export function asIfApproved(campaign: Campaign, at: number): Campaign | undefined {
  return campaign.approval
    ? undefined
    : { ...campaign, approval: { given: { at, of: approvable(campaign) } } };
}

/** Nobody has to approve it any more; what waited for that alone waits for whoever resumes it. */
export function withoutApproval(campaign: Campaign): Campaign | undefined {
  const { approval, ...rest } = campaign;
  if (!approval) return undefined;
  return rest.pause?.kind === "approval" ? { ...rest, pause: { kind: "operator" } } : rest;
}

/** A change that goes on with it: not for what waits for an approval, which only that lets go on. */
export function unlessUnapproved(change: StatusChange): StatusChange {
  return (from) => (from.pause?.kind === "approval" && lacksApproval(from) ? undefined : change(from));
}

/** It starts before its time, which nobody has approved. */
export const startedEarly: StatusChange = (from) => {
  const to = started(from);
  return to?.approval && from.status === "scheduled" ? { ...to, approval: {} } : to;
};
