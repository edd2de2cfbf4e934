/**
 * Has names join a campaign that runs or is paused. Promises that the campaign goes on meanwhile, that nobody joins for whom
 * its message would lack a value, and that who is there already is not touched.
 */
import type { Campaign, CampaignId } from "../../domain/campaign.ts";
import { isUnderWay } from "../../domain/campaign-status.ts";
import type { ListStore } from "../../storage/ports/lists.ts";
import type { AppParts } from "../app-parts.ts";
import type { AddNamesRequest, AddNamesResult, AddingNames, GivenNames } from "./adding-names.ts";
import { missingIn } from "../../domain/missing-columns.ts";
import { idMeant } from "./campaign-id.ts";
import { listRows, previewNames } from "./preview-names.ts";

type Parts = Pick<
  AppParts,
  "campaigns" | "engine" | "lists" | "ledgers" | "suppression" | "subscribers" | "contacts" | "clock"
>;

type JoinParts = Pick<Parts, "campaigns" | "engine" | "lists">;

export function createAddNames(parts: Parts): AddingNames {
  return {
    previewNames: async (id, listId) => previewNames(parts, await idMeant(parts.campaigns, id), listId),
    listRows: (listId) => listRows(parts.lists, listId),
    addNames: async (id, request) => addNames(parts, await idMeant(parts.campaigns, id), request),
  };
}

async function addNames(parts: JoinParts, id: CampaignId, request: AddNamesRequest): Promise<AddNamesResult> {
  const campaign = await parts.campaigns.get(id);
  if (!campaign) return { ok: false, problem: "unknownCampaign" };
  if (!isUnderWay(campaign)) return { ok: false, problem: "over" };
  const listId = await listOf(parts.lists, request.names);
  const result = await join(parts, campaign, { ...request, listId });
  // What is refused may be given another way; a list made of rows is made anew then.
  if (result.ok || !("listId" in request.names)) await parts.lists.discard(listId);
  return result;
}

async function join(
  { engine, lists }: JoinParts,
  campaign: Campaign,
  { listId, origin, by, statement }: Omit<AddNamesRequest, "names"> & { readonly listId: string },
): Promise<AddNamesResult> {
  const list = await lists.get(listId);
  const missing = list ? missingIn(campaign.message, list.columns) : [];
  if (missing.length > 0) return { ok: false, problem: "columns", missing };
  const names = { listId, origin, by, ...(statement === undefined ? {} : { statement }) };
  const joined = await engine.addNames(campaign.id, names);
  if (!joined) return { ok: false, problem: "unknownCampaign" };
  if (joined.kind !== "added") return { ok: false, problem: joined.kind };
  const { added, known } = joined;
  const { planned = 0 } = (await (await engine.find(campaign.id))?.ledger.counts()) ?? {};
  return { ok: true, added, known, left: planned };
}

async function listOf(lists: ListStore, names: GivenNames): Promise<string> {
  if ("listId" in names) return names.listId;
  await using writer = await lists.create(names.columns);
  for (const [username, ...values] of names.rows) await writer.add(username, values);
  return (await writer.finish()).listId;
}
