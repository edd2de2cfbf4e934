import type { Prices } from "../../channels/channel.ts";
import { finishEstimate } from "../../domain/accounts/finish-estimate.ts";
import { limitsOf } from "../../domain/accounts/limits.ts";
import { languagesOf, textIn } from "../../domain/languages/text-in.ts";
import { parseTemplate } from "../../domain/template.ts";
import { ratesOf } from "../../engine/accounts/rates-of.ts";
import type { WhenReading } from "../when/when-reading.ts";
import { windowFor } from "../when/window-for.ts";
import type { Unfit } from "../../engine/turns/why-unfit.ts";
import { whyUnfit } from "../../engine/turns/why-unfit.ts";
import { askedTogether } from "../../lib/asked-together.ts";
import type { AppParts } from "../app-parts.ts";
import type { App } from "../app.ts";
import type { Draft, Plan } from "./draft.ts";
import { contactTally } from "./contact-tally.ts";
import { createTexts, languageFor, textsOf } from "./draft-texts.ts";
import type { Prospect, Upcoming, UpcomingParts } from "./upcoming.ts";
import { prospects } from "./upcoming.ts";

interface Parts extends UpcomingParts, Pick<AppParts, "channels" | "dayOf"> {
  readonly when: WhenReading;
  readonly ledgers: UpcomingParts["ledgers"] & Pick<AppParts["ledgers"], "usedToday">;
  readonly suppression: UpcomingParts["suppression"] & Pick<AppParts["suppression"], "revision">;
}

/** Plans a draft: how many will be written to, through what, and until when. */
export function createPlan(parts: Parts): App["plan"] {
  const workloads = new Map<string, Promise<Workload>>();
  return async (draft) => {
    const key = await keyOf(parts, draft);
    // A plan is made anew at every press of a button, and reading a million names each time would be felt.
    if (!workloads.has(key)) workloads.clear();
    const workload = workloads.get(key) ?? workloadOf(parts, draft);
    workloads.set(key, workload);
    return planFor(parts, draft, await workload);
  };
}

/** What a workload depends on. A campaign that is there changes by itself while it runs, so its is counted anew. */
async function keyOf({ suppression, campaigns, clock }: Parts, draft: Draft): Promise<string> {
  const { campaignId, listId, notWithinDays, excludes, message, extras, channel } = draft;
  const moment = (await campaigns.get(campaignId)) ? clock.now() : undefined;
  return JSON.stringify([
    campaignId,
    listId,
    notWithinDays,
    excludes,
    await suppression.revision(),
    message,
    extras,
    channel,
    moment,
  ]);
}

type Workload = Omit<Plan, "accounts" | "days" | "finishesAt" | "cost">;

/** Counts the list's names that are new, and those of the campaign, if it exists, that are still to be written to. */
async function workloadOf(parts: Parts, draft: Draft): Promise<Workload> {
  const counts = {
    toSend: 0,
    added: 0,
    corrected: 0,
    alreadySent: 0,
    suppressed: 0,
    contactedLately: 0,
    otherCampaign: 0,
  };
  const contacted = await contactTally(parts, draft);
  const whyNot = unfitTest(parts, draft);
  const languageOf = languageFor(parts, draft);
  const byLanguage = new Map<string | undefined, number>();
  const unfit = { messageEmpty: new Named(), messageTooLong: new Named() };
  const spoken = async (one: Prospect) => (one.kind === "toSend" ? languageOf(one) : undefined);
  for await (const some of askedTogether(prospects(parts, draft), spoken))
    for (const [one, language] of some) {
      if (one.isNew) counts.added++;
      counts[one.kind]++;
      if (one.kind === "toSend") {
        contacted.add(one.username);
        if (one.isCorrected) counts.corrected++;
        byLanguage.set(language, (byLanguage.get(language) ?? 0) + 1);
        const why = whyNot(one, language);
        if (why) unfit[why].add(one.username);
      }
    }
  return {
    ...counts,
    contacted: contacted.total,
    tooLong: unfit["messageTooLong"].total,
    empty: unfit["messageEmpty"].total,
    ...languageCounts(draft, byLanguage),
  };
}

function languageCounts(
  { extras }: Draft,
  counts: ReadonlyMap<string | undefined, number>,
): Pick<Plan, "languages"> {
  const languages = languagesOf(extras);
  if (languages.length === 0) return {};
  const each = languages.map((language) => ({ language, count: counts.get(language) ?? 0 }));
  return { languages: [...each, { count: counts.get(undefined) ?? 0 }] };
}

/** Asks of each person what the runner asks right before the call. */
function unfitTest(
  { channels, campaigns }: Parts,
  draft: Draft,
): (person: Upcoming, language: string | undefined) => Unfit | undefined {
  const manifest = channels.get(draft.channel)?.manifest;
  // Whoever writes a broken variable is told so by the check of the message.
  const isSound = textsOf(draft).every((one) => parseTemplate(textIn(draft, one).message).ok);
  if (!manifest || !isSound) return () => undefined;
  const texts = createTexts({ campaigns }, draft);
  return ({ username, variables }, language) => {
    const { render, ...beside } = texts(language);
    return whyUnfit({ text: render({ ordinal: 0, username, variables }), ...beside }, manifest);
  };
}

const MOST_NAMED = 5;

/** Counts, and keeps the first names. */
class Named {
  #count = 0;
  readonly #names: string[] = [];

  add(username: string): void {
    if (this.#count++ < MOST_NAMED) this.#names.push(username);
  }

  get total(): Plan["tooLong"] {
    return { count: this.#count, names: this.#names };
  }
}

async function planFor(parts: Parts, draft: Draft, workload: Workload): Promise<Plan> {
  const now = parts.clock.now();
  const from = Math.max(now, draft.startAt?.at ?? now);
  const existing = await parts.campaigns.get(draft.campaignId);
  const window = windowFor(draft, parts.when, existing);
  const channel = parts.channels.get(draft.channel);
  const accounts = await Promise.all(
    draft.accounts.map(async ({ name, caps }) => ({
      name,
      caps,
      usedToday: await parts.ledgers.usedToday(draft.channel, name),
    })),
  );
  const limited = accounts.map(({ name, caps, usedToday }) => ({
    limits: [...limitsOf(caps), ...(channel ? ratesOf(channel, name) : [])],
    usedToday,
  }));
  const isToday = parts.dayOf(from).start === parts.dayOf(now).start;
  // How much of it was through this campaign tells its journal alone; a new one has used nothing of its pace.
  const usedAtMost = accounts.reduce((sum, { usedToday }) => sum + usedToday, 0);
  const { finishesAt, beginsAt, days } = finishEstimate(
    workload.toSend,
    isToday ? limited : limited.map((account) => ({ ...account, usedToday: 0 })),
    from,
    {
      dayOf: parts.dayOf,
      windowAt: window && ((at) => parts.when.windows(window, at)),
      pace: limitsOf(draft.pace ?? {}),
      usedToday: existing && isToday ? usedAtMost : 0,
    },
  );
  const saysSomething = Number.isFinite(finishesAt) && finishesAt > now;
  return {
    ...workload,
    accounts,
    days,
    ...costOf(workload.toSend, channel?.manifest.prices),
    ...(saysSomething ? { finishesAt } : {}),
    ...(isToday && Number.isFinite(beginsAt) && beginsAt >= parts.dayOf(now).end && workload.toSend > 0
      ? { nothingBefore: beginsAt }
      : {}),
  };
}

/** Each name is looked up and written to once; whoever is known already costs less. */
function costOf(count: number, prices: Prices | undefined): Pick<Plan, "cost"> {
  if (!prices) return {};
  return { cost: { dollars: count * (prices.perMessage + prices.perLookUp), asOf: prices.asOf } };
}
