/** The use cases of the welcome. */
import type { Campaign, CampaignId } from "../../domain/campaign.ts";
import { WELCOME_COLUMNS } from "../../domain/people/newcomers.ts";
import { turned } from "../../domain/standing.ts";
import type { CampaignStore } from "../../storage/ports/campaigns.ts";
import type { App } from "../app.ts";
import type { AppParts } from "../app-parts.ts";
import type { Draft } from "../drafts/draft.ts";
import type { Turned, Welcome, WelcomeLook, WelcomeRequest, WelcomeResult } from "./welcome.ts";

export interface WelcomeParts extends Pick<AppParts, "campaigns" | "engine" | "lists" | "clock"> {
  readonly channels: App["channels"];
  readonly checkMessage: App["checkMessage"];
  readonly start: App["start"];
  readonly view: App["view"];
  /** Whoever came meanwhile joins. */
  readonly notice: () => void;
}

export function createWelcome(parts: WelcomeParts): Welcome {
  return {
    look: () => lookAtWelcome(parts),
    begin: (request) => begin(parts, request),
    turn: (isOn, wantedAt) => turn(parts, isOn, wantedAt),
  };
}

async function standingNow({
  campaigns,
}: {
  readonly campaigns: Pick<CampaignStore, "all">;
}): Promise<Campaign | undefined> {
  const standing = (await campaigns.all()).filter((one) => one.standing?.kind === "welcome");
  return standing.findLast(({ status }) => status !== "cancelled");
}

/** Also for who only looks. */
export async function lookAtWelcome(parts: {
  readonly campaigns: Pick<CampaignStore, "all">;
  readonly view: App["view"];
}): Promise<WelcomeLook | undefined> {
  const campaign = await standingNow(parts);
  const view = campaign && (await parts.view(campaign.id));
  return (
    view && { campaign: view.campaign, counts: view.counts, isOn: view.campaign.standing?.isOff !== true }
  );
}

async function begin(parts: WelcomeParts, request: WelcomeRequest): Promise<WelcomeResult> {
  const { message, extras, statement, by, operatorId } = request;
  const existing = await standingNow(parts);
  if (existing)
    return existing.message === message ? { ok: true, id: existing.id } : { ok: false, problem: "exists" };
  const channel = (await parts.channels()).find(({ name }) => name === "telegram");
  if (!channel || channel.accounts.length === 0) return { ok: false, problem: "noTelegram" };
  const problems = parts.checkMessage(message, WELCOME_COLUMNS, { channel, ...(extras ? { extras } : {}) });
  if (problems.length > 0) return { ok: false, problem: "message", problems };
  await using writer = await parts.lists.create(WELCOME_COLUMNS);
  const { listId } = await writer.finish();
  const now = parts.clock.now();
  const draft: Draft = {
    campaignId: await freeId(parts.campaigns),
    listId,
    origin: "subscribers",
    message,
    ...(extras ? { extras } : {}),
    channel: channel.name,
    accounts: channel.accounts,
    standing: { kind: "welcome", since: now, turnedAt: now },
    terms: { kind: "new" },
  };
  const started = await parts.start(draft, {
    statement,
    by,
    ...(operatorId === undefined ? {} : { operatorId }),
  });
  if (!started.ok) return { ok: false, problem: "notNow" };
  parts.notice();
  const { putBackFrom } = started;
  return { ok: true, id: draft.campaignId, ...(putBackFrom === undefined ? {} : { putBackFrom }) };
}

/** `welcome`, or with the first number that is free. */
async function freeId(campaigns: Pick<CampaignStore, "spellings">): Promise<CampaignId> {
  for (let number = 1; ; number++) {
    const id = number === 1 ? "welcome" : `welcome-${number}`;
    if ((await campaigns.spellings(id)).length === 0) return id;
  }
}

async function turn(parts: WelcomeParts, isOn: boolean, wantedAt = Infinity): Promise<Turned> {
  const campaign = await standingNow(parts);
  if (!campaign) return "none";
  const changed = await parts.engine.change(
    campaign.id,
    (current) => {
      const { standing } = current;
      const next =
        standing && standing.turnedAt <= wantedAt ? turned(standing, isOn, parts.clock.now()) : undefined;
      return next && { ...current, standing: next };
    },
    "goesOn",
  );
  if (changed) parts.notice();
  return changed ? "turned" : "nothingToDo";
}
