import { join } from "node:path";
import type { CheckedAccount } from "../app/health/check-accounts.ts";
import { checkAccounts } from "../app/health/check-accounts.ts";
import { systemClock } from "../lib/clock.ts";
import { makeMomentaryFolder } from "../lib/files/momentary-folder.ts";
import type { ChannelSettings } from "./open-channels.ts";
import { openChannels } from "./open-channels.ts";
import { createFileBooks } from "./stores/files/file-books.ts";
import { createIdentities } from "../storage/files/people/identities.ts";
import { SUBSCRIBERS_FILE, openSubscriberStore } from "../storage/files/people/subscriber-store.ts";

/** Nobody else has the folder. */
const mayWrite = (): void => undefined;

/**
 * Asks every platform how our accounts fare, apart from a Peyk that may be at work: the channels are opened on an empty
 * folder of their own, and the data folder is not touched. Throws when a channel is set up wrongly.
 */
export async function checkChannels(settings: ChannelSettings): Promise<readonly CheckedAccount[]> {
  await using folder = await makeMomentaryFolder("peyk-check");
  const dataDir = folder.path;
  await using subscribers = await openSubscriberStore(join(dataDir, SUBSCRIBERS_FILE));
  await using identities = createIdentities(dataDir, mayWrite, () => undefined);
  await using opened = await openChannels({
    settings,
    clock: systemClock,
    log: { error: () => undefined },
    books: createFileBooks({ dataDir, beforeWrite: mayWrite, onProblem: () => undefined }),
    subscribers,
    identities,
  });
  const checking = [...opened.channels.values()].map((channel) => checkAccounts(channel, systemClock));
  return (await Promise.all(checking)).flat();
}
