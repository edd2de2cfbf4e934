/**
 * Changes a campaign that runs or is paused: its text with what goes with it, its accounts and limits, its settings. Promises
 * that a change is made of the campaign as it stands at that moment, that what is in flight keeps what it was claimed
 * with, and that a Pause which came meanwhile holds.
 */
import type { ChannelManifest } from "../../channels/channel.ts";
import type { Campaign, CampaignId } from "../../domain/campaign.ts";
import { changedBy, isOtherwiseThan } from "../../domain/campaign-change.ts";
import { revisionNumber } from "../../domain/revision.ts";
import type { AppParts } from "../app-parts.ts";
import { createTexts, languageFor, textsOf } from "../drafts/draft-texts.ts";
import { previewsOf } from "../drafts/preview-campaign.ts";
import type { Upcoming } from "../drafts/upcoming.ts";
import type { Draft } from "../drafts/draft.ts";
import { adoptExtras } from "./adopt-extras.ts";
import { idMeant } from "./campaign-id.ts";
import { withAmended } from "../amending/amended-results.ts";
import { stillSent } from "../../domain/report/outcomes.ts";
import { campaignView } from "./campaign-view.ts";
import { changeOf, problemWith } from "./requested-change.ts";
import type { ChangePreview, ChangeRequest, ChangeResult, Changing } from "./changing.ts";

/** How many recipients a preview shows. */
const PREVIEWS = 3;
/** Among so many somebody is looked for who gets the text in each language. */
const LOOKED_AT = 200;

export function createChanging(parts: AppParts): Changing {
  return {
    change: async (id, request) => change(parts, await idMeant(parts.campaigns, id), request),
    previewChange: async (id, message) => previewChange(parts, await idMeant(parts.campaigns, id), message),
  };
}

async function change(parts: AppParts, id: CampaignId, request: ChangeRequest): Promise<ChangeResult> {
  const found = await parts.campaigns.get(id);
  if (!found) return { ok: false, problem: "unknownCampaign" };
  const problem = problemWith(manifestOf(parts, found), found, request);
  if (problem) return problem;
  const extras = await adoptExtras(parts, id, request.message?.extras);
  let refused: "over" | "changed" | "same" = "same";
  const revise = (current: Campaign): Campaign | undefined => {
    const wanted = changeOf(current, request, extras);
    // Whoever was claimed until this very moment may have got the text before.
    const next = changedBy(current, wanted, { by: request.by, at: parts.clock.now() });
    refused = next ? (obstacleIn(parts, current, request) ?? "same") : "same";
    return refused === "same" ? next : undefined;
  };
  const changed = await parts.engine.change(id, revise, "goesOn");
  if (!changed) return { ok: false, problem: refused };
  const view = await campaignView(parts, id);
  return { ok: true, revision: revisionNumber(changed.revision), left: view?.counts.planned ?? 0 };
}

function obstacleIn(
  parts: AppParts,
  current: Campaign,
  request: ChangeRequest,
): "over" | "changed" | undefined {
  const { revision, seen, settings = {} } = request;
  if (current.status === "finished" || current.status === "cancelled") return "over";
  if (revision !== undefined && revision !== (current.revision ?? 0)) return "changed";
  // What the text is to go with may be otherwise by now.
  if (problemWith(manifestOf(parts, current), current, request)) return "changed";
  return seen && isOtherwiseThan(seen, current, { settings }) ? "changed" : undefined;
}

function manifestOf({ channels }: AppParts, { channel }: Campaign): ChannelManifest | undefined {
  return channels.get(channel)?.manifest;
}

async function previewChange(
  parts: AppParts,
  id: CampaignId,
  { text, extras }: NonNullable<ChangeRequest["message"]>,
): Promise<ChangePreview | undefined> {
  const open = await parts.engine.find(id);
  const view = await withAmended(await campaignView(parts, id), () => parts.amendments.read(id));
  if (!open || !view) return undefined;
  const draft = {
    campaignId: id,
    channel: open.campaign.channel,
    message: text,
    ...(extras ? { extras } : {}),
  };
  const wanted = textsOf(draft);
  const next = await open.ledger.firstWritable(wanted.length > 1 ? LOOKED_AT : PREVIEWS);
  const { planned, claimed, uncertain } = view.counts;
  return {
    previews:
      wanted.length > 1
        ? previewsOf(createTexts(parts, draft), wanted, await firstOfEach(parts, draft, next))
        : next.map((row) => ({
            username: row.username,
            text: createTexts(parts, draft)(undefined).render(row),
          })),
    left: planned,
    had: claimed + stillSent(view) + uncertain,
  };
}

async function firstOfEach(
  parts: Pick<AppParts, "subscribers">,
  draft: Pick<Draft, "channel" | "extras">,
  rows: readonly Upcoming[],
): Promise<ReadonlyMap<string | undefined, Upcoming>> {
  const languageOf = languageFor(parts, draft);
  const found = new Map<string | undefined, Upcoming>();
  for (const row of rows) {
    const language = await languageOf(row);
    if (!found.has(language)) found.set(language, row);
  }
  return found;
}
