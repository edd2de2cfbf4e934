import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CheckedAccount } from "../app/health/check-accounts.ts";
import { checkAccounts } from "../app/health/check-accounts.ts";
import { systemClock } from "../lib/clock.ts";
import type { ChannelSettings } from "./open-channels.ts";
import { openChannels } from "./open-channels.ts";
import { createIdentities } from "../storage/files/people/identities.ts";
import { SUBSCRIBERS_FILE, openSubscriberStore } from "../storage/files/people/subscriber-store.ts";

/** Nobody else has the folder. */
const mayWrite = (): void => undefined;

/**
 * Asks every platform how our accounts fare, apart from a Peyk that may be at work: the channels are opened on an empty
 * folder of their own, and the data folder is not touched. Throws when a channel is set up wrongly.
 */
export async function checkChannels(settings: ChannelSettings): Promise<readonly CheckedAccount[]> {
  const dataDir = await mkdtemp(join(tmpdir(), "peyk-check-"));
  try {
    await using subscribers = await openSubscriberStore(join(dataDir, SUBSCRIBERS_FILE));
    await using identities = createIdentities(dataDir, mayWrite, () => undefined);
    await using opened = await openChannels({
      settings: { ...settings, dataDir },
      clock: systemClock,
      log: { error: () => undefined },
      beforeWrite: mayWrite,
      subscribers,
      identities,
    });
    const checking = [...opened.channels.values()].map((channel) => checkAccounts(channel, systemClock));
    return (await Promise.all(checking)).flat();
  } finally {
    await rm(dataDir, { recursive: true });
  }
}
