/** The campaign that a draft makes: a new one, or what one that exists becomes. Pure; what it keeps is never lost. */
import type { Campaign, CampaignExtras, CampaignList } from "../../domain/campaign.ts";
import { withAccounts } from "../../domain/campaign-accounts.ts";
import { replacingMessage } from "../../domain/campaign-change.ts";
import { consentAfter } from "../../domain/joining.ts";
import type { ChangedPart } from "../../domain/revision.ts";
import { USUAL_RAILS } from "../../domain/settings/guard-rails.ts";
import { startedAgain } from "../../domain/settings/try-first.ts";
import { settingsOf } from "../../domain/settings/settings.ts";
import type { Schedule } from "../../domain/when/schedule.ts";
import type { SendWindow } from "../../domain/when/send-window.ts";
import type { StartMoment } from "../../domain/when/schedule.ts";
import type { Draft } from "../drafts/draft.ts";

/** The word on where the permission comes from, and whose word it is. */
export interface GivenConsent {
  /** Absent: the campaign's own stays. */
  readonly statement?: string;
  /** Telegram id of the operator, or the name of the program. */
  readonly by: string;
  readonly operatorId?: number;
}

export interface DraftStart {
  readonly draft: Draft;
  readonly consent: GivenConsent;
  /** All lists of the campaign, as its folder has them by now. */
  readonly lists: readonly CampaignList[];
  readonly extras: CampaignExtras | undefined;
  /** ms since the epoch */
  readonly now: number;
}

/** `sendWindow`: the one that it is to have. */
export interface NewStart extends DraftStart {
  readonly sendWindow: SendWindow | undefined;
}

/** A new campaign: it runs, or waits for its start. */
export function newCampaign({ draft, consent, lists, extras, sendWindow, now }: NewStart): Campaign {
  return {
    id: draft.campaignId,
    createdAt: now,
    ...(consent.operatorId === undefined ? {} : { createdBy: consent.operatorId }),
    channel: draft.channel,
    accounts: draft.accounts,
    message: draft.message,
    ...(extras ? { extras } : {}),
    lists,
    consent: { statement: consent.statement ?? "", by: consent.by, at: now },
    ...rulesOf(draft, undefined),
    guardRails: USUAL_RAILS,
    ...settingsOf(draft),
    ...(sendWindow ? { sendWindow } : {}),
    startedWith: draft.listId,
    ...(draft.askedWith === undefined ? {} : { askedWith: draft.askedWith }),
    ...(draft.standing ? { standing: draft.standing } : {}),
    ...(draft.startAt
      ? { status: "scheduled", schedule: scheduleOf(draft.startAt, consent, now) }
      : { status: "running" }),
  };
}

function scheduleOf(moment: StartMoment, { by }: GivenConsent, setAt: number): Schedule {
  return { ...moment, by, setAt };
}

/** What a campaign becomes: it gains the names, and changes in what the draft's terms name. Its channel never does. */
export function changedCampaign(current: Campaign, start: DraftStart): Campaign {
  const { draft, lists, consent, now } = start;
  const number = (current.revision ?? 0) + 1;
  const what = whatChanged(current, start);
  const {
    finishedAt: _,
    pause,
    message,
    extras,
    tryFirst: before,
    accounts,
    formerAccounts,
    ...kept
  } = current;
  const { tryFirst: given, ...settings } = settingsOf(draft);
  const tryFirst = startedAgain(before, given, pause?.kind === "triedFirst");
  const changes = draft.terms?.kind === "goOn" ? draft.terms.changes : [];
  return {
    ...kept,
    ...(changes.includes("accounts")
      ? withAccounts(current, draft.accounts)
      : { accounts, ...(formerAccounts ? { formerAccounts } : {}) }),
    ...(changes.includes("message")
      ? messageAfter(current, start)
      : { message, ...(extras ? { extras } : {}) }),
    ...consentAfter(current, { ...consent, at: now }),
    lists,
    ...rulesOf(draft, current),
    ...settings,
    ...(tryFirst ? { tryFirst } : {}),
    revision: number,
    revisions: [...(current.revisions ?? []), { number, at: now, by: consent.by, what }],
    startedWith: draft.listId,
    ...statusAfter(current, start),
  };
}

/**
 * The rules on whom others wrote to: a draft that says nothing leaves a campaign's as they are, and the people of a campaign
 * that are left out once are left out for good.
 */
export function rulesOf(
  draft: Draft,
  existing: Campaign | undefined,
): Pick<Campaign, "notWithinDays" | "excludes"> {
  const notWithinDays = draft.notWithinDays ?? existing?.notWithinDays;
  const excludes = [...new Set([...(existing?.excludes ?? []), ...(draft.excludes ?? [])])];
  return {
    ...(notWithinDays === undefined ? {} : { notWithinDays }),
    ...(excludes.length > 0 ? { excludes } : {}),
  };
}

function messageAfter(
  current: Campaign,
  { draft, extras, consent: { by }, now }: DraftStart,
): Pick<Campaign, "message" | "extras" | "earlierMessages"> {
  const message = { text: draft.message, ...(extras ? { extras } : {}) };
  return replacingMessage(current, message, { by, at: now });
}

/** What the draft changed, as the campaign's history tells it. */
function whatChanged(current: Campaign, { draft, lists }: DraftStart): readonly ChangedPart[] {
  const changes = draft.terms?.kind === "goOn" ? draft.terms.changes : [];
  return [
    ...changes,
    ...(lists.length > current.lists.length ? (["names"] as const) : []),
    ...(correctionsOf(lists) > correctionsOf(current.lists) ? (["values"] as const) : []),
  ];
}

function correctionsOf(lists: Campaign["lists"]): number {
  return lists.reduce((sum, { corrections = [] }) => sum + corrections.length, 0);
}

/** What waits for its start goes on waiting; a person's pause stays, unless the draft's terms end it. */
function statusAfter(
  { status, pause }: Campaign,
  { draft: { terms, startAt }, consent, now }: DraftStart,
): Pick<Campaign, "status" | "pause" | "schedule"> {
  if (startAt) return { status: "scheduled", schedule: scheduleOf(startAt, consent, now) };
  if (status === "scheduled") return { status };
  if (status !== "paused" || pause?.kind !== "operator") return { status: "running" };
  const resumes = terms?.kind === "goOn" ? terms.resumes : undefined;
  const isEnded = resumes === "any" || (resumes === "own" && pause.by === consent.by);
  return isEnded ? { status: "running" } : { status, pause };
}
