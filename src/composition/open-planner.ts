/**
 * Opens what a plan is made of, beside a running Peyk too. What it needs to write (a list on its way, what a channel keeps
 * for itself) goes to a place of its own that is thrown away; what is kept is only read.
 */
import type { Amending } from "../app/amending/amending.ts";
import { withAmended } from "../app/amending/amended-results.ts";
import { planAmendment } from "../app/amending/plan-amendment.ts";
import { idMeant } from "../app/campaigns/campaign-id.ts";
import type { Planner } from "../app/drafts/planner.ts";
import { createPlanner } from "../app/drafts/planner.ts";
import { standingView } from "../app/look.ts";
import type { Channel } from "../channels/channel.ts";
import { createDayOf } from "../domain/accounts/calendar-day.ts";
import { systemClock } from "../lib/clock.ts";
import { makeMomentaryFolder } from "../lib/files/momentary-folder.ts";
import type { Opened } from "../lib/opened.ts";
import { openTogether } from "../lib/opened.ts";
import { openListReader } from "../lists/reader/open-list-reader.ts";
import { checkDataFolder } from "../storage/files/folder/data-folder.ts";
import type { CoreLog, CoreSettings } from "./core.ts";
import type { TelegramAccess } from "./open-channels.ts";
import { openChannels } from "./open-channels.ts";
import { openWhen } from "./open-when.ts";
import { openPlanning } from "./stores/open-storage.ts";
import type { OpenPlanning } from "./stores/stores.ts";

/** Those of the core; the bot is there already. */
export type PlannerSettings = Omit<CoreSettings, "openTelegram"> & {
  readonly openTelegram?: () => Promise<TelegramAccess>;
};

export interface OpenPlanner extends AsyncDisposable {
  readonly planner: Planner & Pick<Amending, "planAmendment">;
}

interface Parts {
  /** A folder that is thrown away. */
  readonly scratch: string;
  /** Holds what is closed with the planner. */
  readonly opened: Opened;
  readonly log: CoreLog;
}

/** @throws {Error} with a line for people: a wrong setting, a journal that can't be read */
export async function openPlanner(settings: PlannerSettings, log: CoreLog): Promise<OpenPlanner> {
  const { dataDir } = settings;
  await checkDataFolder(dataDir, settings.store);
  return openTogether(async (opened) => {
    const { path: scratch } = opened.hold(await makeMomentaryFolder("peyk-plan"));
    const planner = await plannerIn(settings, { scratch, opened, log });
    return { planner, [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() };
  });
}

async function plannerIn(settings: PlannerSettings, parts: Parts): Promise<OpenPlanner["planner"]> {
  const { log, opened, scratch } = parts;
  const onProblem = (error: Error): void => log.error(error);
  const stores = await openPlanning(settings, { onProblem, opened, scratch, clock: systemClock });
  const { campaigns, reads, amendments } = stores;
  const reader = opened.hold(openListReader());
  const channels = await channelsIn(settings, stores, parts);
  const planner = createPlanner({
    ...stores,
    channels,
    reader,
    view: async (id) =>
      withAmended(
        await standingView({ reads, pricesOf: (channel) => channels.get(channel)?.manifest.prices }, id),
        () => amendments.read(id),
      ),
    clock: systemClock,
    ...openWhen(settings),
    dayOf: createDayOf(settings.timeZone),
    defaultCaps: { perDay: settings.maxPerAccount },
  });
  const amending = { ...stores, channels, clock: systemClock };
  return {
    ...planner,
    planAmendment: async (id, wanted) => planAmendment(amending, await idMeant(campaigns, id), wanted),
  };
}

/** Through what people are reached. */
async function channelsIn(
  { openTelegram, ...settings }: PlannerSettings,
  stores: OpenPlanning,
  { opened, log }: Parts,
): Promise<ReadonlyMap<string, Channel>> {
  const opening = openChannels({
    settings: { ...settings, ...(openTelegram ? { telegram: await openTelegram() } : {}) },
    clock: systemClock,
    log,
    ...stores,
  });
  return opened.hold(await opening).channels;
}
