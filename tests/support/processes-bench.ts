/** Several processes over one store in memory, with a clock, an inbox and an order of duties of their own. */
import { hearChanges } from "../../src/composition/hear-changes.ts";
import type { CampaignEvent } from "../../src/domain/campaign-event.ts";
import { LookAround } from "../../src/engine/look-around.ts";
import type { Duties } from "../../src/storage/ports/duties.ts";
import type { LedgerStore, Opening } from "../../src/storage/ports/ledger.ts";
import { startProcess } from "./engine-bench.ts";
import { createHandedDuties } from "./handed-duties.ts";
import { createMemoryDisk, createMemoryStores } from "./memory-stores.ts";
import { createScriptedChannel } from "./scripted/scripted-channel.ts";
import type { Turn } from "./scripted/scripted-channel.ts";
import { createVirtualClock } from "./virtual-clock.ts";

/** One ledger a campaign, whoever opens it, as a database has it. */
function shared(ledgers: LedgerStore): LedgerStore {
  const opened = new Map<string, Promise<Opening>>();
  return {
    ...ledgers,
    async open(campaign) {
      const one = opened.get(campaign.id) ?? ledgers.open(campaign);
      opened.set(campaign.id, one);
      return { ...(await one), cutOff: 0, untold: async () => [] };
    },
  };
}

const running: { stop(): Promise<void> }[] = [];

/** Ends every process of every bench. */
export async function stopProcesses(): Promise<void> {
  await Promise.all(running.splice(0).map((one) => one.stop()));
}

export type BenchTurn = (username: string, nth: number, account: string) => Turn & { readonly ms: number };

/** Processes over one store; each hears of what the others do. `turn` says what becomes of a send, and how long it takes. */
export function processesBench(turn: BenchTurn) {
  const disk = createMemoryDisk();
  const clock = createVirtualClock();
  const { ledgers, ...stores } = createMemoryStores(disk, undefined, { clock });
  const kept = { ...stores, ledgers: shared(ledgers) };
  const duties = createHandedDuties();
  const told: CampaignEvent[] = [];
  const listeners = new Set<(event: CampaignEvent) => void>();
  const inbox = new Map<string, number>();
  const sends: { readonly account: string; readonly at: number }[] = [];
  /** By account: who has something under way through it. */
  const busy = new Map<string, Map<string, number>>();
  const together: string[] = [];
  const emit = (event: CampaignEvent): void => {
    told.push(event);
    void Promise.resolve().then(() => listeners.forEach((listener) => listener(event)));
  };
  const watch = (listener: (event: CampaignEvent, number: number) => void) => {
    const one = (event: CampaignEvent): void => listener(event, 0);
    listeners.add(one);
    return async () => void listeners.delete(one);
  };
  const changed = new Set<(id: string) => void>();
  const save = disk.campaigns.set.bind(disk.campaigns);
  disk.campaigns.set = (id, campaign) => {
    void Promise.resolve().then(() => changed.forEach((listener) => listener(id)));
    return save(id, campaign);
  };
  const watchCampaigns = (listener: (id: string) => void) => {
    changed.add(listener);
    return () => void changed.delete(listener);
  };
  const begin = (
    worker: string,
    own: Pick<Duties, "offer"> = duties.of(worker),
    known: readonly string[] = ["one", "two", "three"],
  ) => {
    const channel = createScriptedChannel({
      accounts: known,
      manifest: { readsBack: true, sendsAtOnce: 2 },
      inbox,
      turn: async ({ username, account }, nth) => {
        const those = busy.get(account) ?? new Map<string, number>();
        busy.set(account, those.set(worker, (those.get(worker) ?? 0) + 1));
        if ([...those.values()].filter((count) => count > 0).length > 1) together.push(account);
        const { ms, ...became } = turn(username, nth, account);
        if (became.arrives) sends.push({ account, at: clock.now() });
        await clock.sleep(ms);
        those.set(worker, (those.get(worker) ?? 0) - 1);
        return became;
      },
    });
    const parts = { channel, disk, clock, stores: kept, emit, duties: own };
    const { engine } = startProcess(parts);
    const unhear = hearChanges({ watch }, engine, { watchCampaigns });
    const around = new LookAround({ clock, engine, log: { error: () => undefined } });
    around.start();
    running.push({
      stop: async () => {
        await unhear();
        await Promise.all([around.stop(), clock.runUntil(engine.stop(0))]);
      },
    });
    return { engine, unhear };
  };
  const statuses = (): readonly string[] =>
    told.flatMap((event) => (event.kind === "status" ? [event.status] : []));
  return { begin, disk, clock, duties, inbox, sends, together, told, statuses };
}
