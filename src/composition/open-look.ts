/** Opens what only looks: the stores behind the read ports. It takes no lease, so any number may look beside a running Peyk. */
import { createLook } from "../app/look.ts";
import type { Look } from "../app/look.ts";
import type { Prices } from "../channels/channel.ts";
import { xManifest } from "../channels/x/x-channel.ts";
import { systemClock } from "../lib/clock.ts";
import { openTogether } from "../lib/opened.ts";
import { createDayOf } from "../domain/accounts/calendar-day.ts";
import { drawGrowth } from "../pictures/draw-growth.ts";
import { drawReport } from "../pictures/draw-report.ts";
import type { Source } from "../sources/source.ts";
import { checkDataFolder } from "../storage/files/folder/data-folder.ts";
import type { CollectingSettings } from "./open-collecting.ts";
import { collectingDefaults } from "./open-collecting.ts";
import type { OpenSources, SourceSettings } from "./open-sources.ts";
import { openSources } from "./open-sources.ts";
import { openReads } from "./stores/open-storage.ts";
import type { StorageSettings } from "./stores/stores.ts";

export type LookSettings = SourceSettings &
  Pick<CollectingSettings, "collectCycle" | "postsPerHashtag"> &
  Pick<StorageSettings, "dataDir" | "timeZone" | "store" | "databaseUrl"> & {
    /** Whom the settings name; absent: nobody. */
    readonly operatorIds?: readonly number[];
  };

export interface OpenLook extends AsyncDisposable {
  readonly look: Look;
}

/** No channel is opened to look; only X charges. */
function pricesOf(channel: string): Prices | undefined {
  return channel === xManifest.name ? xManifest.prices : undefined;
}

/**
 * @param onProblem Told of each thing that can't be read; the others are shown
 * @throws {ForeignFileError} when something in the folder is another user's
 */
export async function openLook(
  { operatorIds = [], ...settings }: LookSettings,
  onProblem: (error: Error) => void,
): Promise<OpenLook> {
  await checkDataFolder(settings.dataDir, settings.store);
  return openTogether(async (opened) => {
    const reads = await openReads(settings, { onProblem, opened, clock: systemClock });
    const { sources } = opened.hold(await openAnySources(settings, onProblem));
    const look = createLook({
      ...reads,
      pricesOf,
      hearing: ["telegram", xManifest.name],
      operatorIds,
      sources,
      ...collectingDefaults(settings),
      draw: drawReport,
      drawGrowth,
      dayOf: createDayOf(settings.timeZone),
      now: () => systemClock.now(),
    });
    return { look, [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() };
  });
}

/** Only prices are unknown without them. */
function openAnySources(settings: SourceSettings, onProblem: (error: Error) => void): Promise<OpenSources> {
  return openSources({ settings, clock: systemClock }).catch((error: Error) => {
    onProblem(error);
    return { sources: new Map<string, Source>(), [Symbol.asyncDispose]: () => Promise.resolve() };
  });
}
