/** One "process" running one campaign on a memory disk, in virtual time: what the engine's tests are built from. */
import { defaultBreakerPolicy } from "../../src/domain/accounts/breaker.ts";
import type { Channel } from "../../src/channels/channel.ts";
import type { Campaign } from "../../src/domain/campaign.ts";
import type { CampaignEvent } from "../../src/domain/campaign-event.ts";
import type { Caps } from "../../src/domain/accounts/limits.ts";
import { defaultRetryPolicy } from "../../src/domain/verdict.ts";
import type { EngineParts } from "../../src/engine/engine-parts.ts";
import { Engine } from "../../src/engine/engine.ts";
import type { Effect, MemoryDisk } from "./memory-stores.ts";
import { createMemoryDisk, createMemoryStores, noCrash } from "./memory-stores.ts";
import { createVirtualClock, type VirtualClock } from "./virtual-clock.ts";

export interface ProcessOptions {
  readonly channel: Channel;
  readonly disk?: MemoryDisk;
  readonly clock?: VirtualClock;
  readonly effect?: Effect;
  readonly concurrency?: number;
  /** Whose midnight ends a day; UTC unless given. */
  readonly timeZone?: string;
  /** In place of those on the memory disk. */
  readonly stores?: Pick<EngineParts, "campaigns" | "ledgers" | "accounts">;
  readonly log?: EngineParts["log"];
  readonly away?: EngineParts["away"];
  /** Of several processes over these stores; absent: there is one. */
  readonly duties?: EngineParts["duties"];
  /** Who reads answers; absent: nobody does. */
  readonly hearing?: EngineParts["hearing"];
  /** Hears what happens; absent: it is kept in {@link TestProcess.events}. */
  readonly emit?: EngineParts["emit"];
  readonly toldForGood?: EngineParts["toldForGood"];
  readonly catchUp?: EngineParts["catchUp"];
  /** Absent: everybody gets the campaign's message as it stands. */
  readonly renderer?: EngineParts["renderer"];
}

export interface TestProcess {
  readonly engine: Engine;
  readonly disk: MemoryDisk;
  readonly clock: VirtualClock;
  readonly events: CampaignEvent[];
}

export function startProcess(options: ProcessOptions): TestProcess {
  const { channel, disk = createMemoryDisk(), clock = createVirtualClock(), effect = noCrash } = options;
  const events: CampaignEvent[] = [];
  const stores = options.stores ?? createMemoryStores(disk, effect, { timeZone: options.timeZone, clock });
  const { campaigns, ledgers, accounts } = stores;
  const engine = new Engine({
    campaigns,
    ledgers,
    ...(accounts ? { accounts } : {}),
    ...(options.away ? { away: options.away } : {}),
    ...(options.duties ? { duties: options.duties } : {}),
    channels: new Map([[channel.manifest.name, channel]]),
    clock,
    random: () => 0,
    renderer:
      options.renderer ??
      (({ message }) =>
        () =>
          message),
    policy: defaultRetryPolicy,
    breakerPolicy: defaultBreakerPolicy,
    concurrency: options.concurrency ?? 4,
    sendTimeoutMs: 60_000,
    ...(options.hearing ? { hearing: options.hearing } : {}),
    emit: options.emit ?? ((event) => events.push(event)),
    ...(options.toldForGood ? { toldForGood: options.toldForGood } : {}),
    ...(options.catchUp ? { catchUp: options.catchUp } : {}),
    log: options.log ?? { error: () => undefined },
  });
  return { engine, disk, clock, events };
}

export interface CampaignOptions {
  readonly names: number;
  readonly accounts?: readonly { readonly name: string; readonly caps: Caps }[];
}

/** Puts a campaign to `p0`, `p1`, … on the disk and answers it. */
export function putCampaign(disk: MemoryDisk, { names, accounts }: CampaignOptions): Campaign {
  disk.names.set(
    "spring",
    Array.from({ length: names }, (_, index) => `p${index}`),
  );
  return {
    id: "spring",
    createdAt: 0,
    channel: "scripted",
    accounts: accounts ?? [{ name: "one", caps: {} }],
    message: "hello",
    lists: [],
    consent: { statement: "they asked for it", by: "test", at: 0 },
    status: "running",
  };
}
