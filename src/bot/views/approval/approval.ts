/** What a campaign that waits for somebody's approval shows: a line on its card, and the buttons that answer it. */
import type { Campaign } from "../../../domain/campaign.ts";
import { approvable, lacksApproval } from "../../../domain/approval.ts";
import type { Words } from "../../../words/words.ts";
import { keyOf } from "../../campaign-key.ts";
import type { Button } from "../view.ts";

/** `a:<what>:<key of the campaign>:<key of what was seen>` */
const PRESS = /^a:(ok|back):(\S{10}):(\S{10})$/;

export interface ApprovalPress {
  readonly what: "ok" | "back";
  readonly campaignKey: string;
  /** Of what was seen when the button was made. */
  readonly seenKey: string;
}

export function readApprovalPress(data: string): ApprovalPress | undefined {
  const [, what, campaignKey = "", seenKey = ""] = PRESS.exec(data) ?? [];
  if (what === undefined) return undefined;
  return { what: what === "ok" ? "ok" : "back", campaignKey, seenKey };
}

export function approvalChoice(what: ApprovalPress["what"], campaign: Campaign): string {
  return `a:${what}:${keyOf(campaign.id)}:${keyOf(approvable(campaign))}`;
}

/** Tells whether a word of approval would let it go on. */
export function waitsForApproval(campaign: Campaign): boolean {
  return lacksApproval(campaign) && campaign.status !== "finished" && campaign.status !== "cancelled";
}

/** @param nameOf Whom an id in a record means */
export function approvalLines(campaign: Campaign, words: Words): string[] {
  if (!waitsForApproval(campaign)) return [];
  const { approval, pause, createdBy, consent } = campaign;
  const { sentBack } = approval ?? {};
  const said = [
    words.say("approval-needed"),
    ...(sentBack ? [words.say("approval-sent-back", { reason: sentBack.reason })] : []),
  ];
  return [
    // Paused for it, it says so as any other pause does.
    ...(pause?.kind === "approval" ? [] : said),
    ...(createdBy === undefined ? [words.say("approval-outside", { by: consent.by })] : []),
  ];
}

export function approvalRows(campaign: Campaign, words: Words): Button[][] {
  if (!waitsForApproval(campaign)) return [];
  return [
    [
      { label: words.plain("button-approve"), choice: approvalChoice("ok", campaign) },
      { label: words.plain("button-send-back"), choice: approvalChoice("back", campaign) },
    ],
  ];
}
