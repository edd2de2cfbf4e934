import type { Prices } from "../channels/channel.ts";
import { finishEstimate } from "../domain/finish-estimate.ts";
import { limitsOf } from "../domain/limits.ts";
import { ratesOf } from "../engine/rates-of.ts";
import type { AppParts } from "./app-parts.ts";
import type { App } from "./app.ts";
import type { Draft, Plan } from "./draft.ts";
import { obstaclesNow } from "./obstacles.ts";
import { ruleOf } from "./campaign-of-draft.ts";

type Needs = Pick<
  AppParts,
  "engine" | "campaigns" | "ledgers" | "lists" | "suppression" | "contacts" | "channels" | "clock" | "dayOf"
>;

/** Plans a draft: how many will be written to, through what, and until when. */
export function createPlan(parts: Needs): App["plan"] {
  const workloads = new Map<string, Promise<Workload>>();
  return async (draft) => {
    const key = [draft.campaignId, draft.listId, draft.notWithinDays, parts.suppression.size].join("\n");
    // A plan is made anew at every press of a button, and reading a million names each time would be felt.
    if (!workloads.has(key)) workloads.clear();
    const workload = workloads.get(key) ?? workloadOf(parts, draft);
    workloads.set(key, workload);
    return planFor(parts, draft, await workload);
  };
}

interface Workload {
  readonly toSend: number;
  readonly added: number;
  readonly alreadySent: number;
  readonly suppressed: number;
}

/** Counts the list's names that are new, and those of the campaign, if it exists, that are still to be written to. */
async function workloadOf(parts: Needs, draft: Draft): Promise<Workload> {
  const { campaignId, listId } = draft;
  const now = parts.clock.now();
  const rule = { channel: draft.channel, notWithinDays: ruleOf(draft, parts.campaigns.get(campaignId)) };
  const obstacle = await obstaclesNow(parts, campaignId, { rule, now });
  const sent = await parts.ledgers.sentNames(campaignId);
  const known = await parts.ledgers.knownNames(campaignId);
  const open = await parts.engine.find(campaignId);
  const counts = open?.ledger.counts();
  let [toSend, alreadySent, suppressed] = [(counts?.planned ?? 0) + (counts?.failed ?? 0), 0, 0];
  let added = 0;
  for await (const { username } of parts.lists.rows(listId)) {
    if (!known.has(username)) added++;
    if (sent.has(username)) alreadySent++;
    else if (known.has(username)) continue;
    else if (obstacle(username) === undefined) toSend++;
    else suppressed++;
  }
  return { toSend, added, alreadySent, suppressed };
}

async function planFor(parts: Needs, draft: Draft, workload: Workload): Promise<Plan> {
  const now = parts.clock.now();
  const channel = parts.channels.get(draft.channel);
  const accounts = draft.accounts.map(({ name, caps }) => ({
    name,
    caps,
    usedToday: parts.ledgers.usedToday(draft.channel, name, now),
  }));
  const limited = accounts.map(({ name, caps, usedToday }) => ({
    limits: [...limitsOf(caps), ...(channel ? ratesOf(channel, name) : [])],
    usedToday,
  }));
  const { finishesAt, days } = finishEstimate(workload.toSend, limited, now, parts.dayOf);
  const saysSomething = Number.isFinite(finishesAt) && finishesAt > now;
  return {
    ...workload,
    accounts,
    days,
    ...costOf(workload.toSend, channel?.manifest.prices),
    ...(saysSomething ? { finishesAt } : {}),
  };
}

/** Each name is looked up and written to once; whoever is known already costs less. */
function costOf(count: number, prices: Prices | undefined): Pick<Plan, "cost"> {
  if (!prices) return {};
  return { cost: { dollars: count * (prices.perMessage + prices.perLookUp), asOf: prices.asOf } };
}
