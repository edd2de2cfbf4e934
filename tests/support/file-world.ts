/**
 * A campaign on real files and the people it goes to, over several lives of the process. Owns what no crash touches:
 * the folder, what of it a power cut leaves, and the people's own record of what they got.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import type { ChannelManifest, SendRequest } from "../../src/channels/channel.ts";
import type { Campaign } from "../../src/domain/campaign.ts";
import type { Counts } from "../../src/domain/recipient.ts";
import { parseEntry } from "../../src/storage/files/ledger/journal-entry.ts";
import type { ResultRow } from "../../src/storage/ports/ledger.ts";
import type { TestProcess } from "./engine-bench.ts";
import { startProcess } from "./engine-bench.ts";
import type { Extents, Failure } from "./failing-disk.ts";
import { FailingDisk } from "./failing-disk.ts";
import { openFileStores, putListFile } from "./file-stores.ts";
import type { Turn } from "./scripted/scripted-channel.ts";
import { createScriptedChannel, yes } from "./scripted/scripted-channel.ts";
import { createVirtualClock } from "./virtual-clock.ts";

export interface FileWorldOptions {
  readonly names: number;
  readonly manifest: Partial<ChannelManifest>;
  /** What the first send to each of these names meets; everything else goes well. */
  readonly firstTurns: Readonly<Record<string, Turn>>;
}

/** What is on disk in the end. */
export interface Outcome {
  readonly status: string | undefined;
  readonly counts: Counts;
  readonly rows: readonly ResultRow[];
}

/** Puts a campaign to `p0`, `p1`, … into a temporary folder, which goes when the world is disposed of. */
export async function createFileWorld(options: FileWorldOptions): Promise<FileWorld> {
  const folder = await mkdtemp(join(tmpdir(), "peyk-faults-"));
  return new FileWorld(folder, await putListFile(folder, options.names), options);
}

export class FileWorld implements AsyncDisposable {
  readonly #folder: string;
  readonly #campaign: Campaign;
  readonly #options: FileWorldOptions;
  readonly #extents: Extents = new Map();
  readonly #keys = new Set<string>();
  readonly #asked = new Set<string>();
  readonly #lives: Life[] = [];
  /** Messages that arrived, by name: the judge. */
  readonly inbox = new Map<string, number>();
  /** Names for which the channel was called while a power cut could still have taken the claim away. */
  readonly unclaimed: string[] = [];

  /** Use {@link createFileWorld}. */
  constructor(folder: string, campaign: Campaign, options: FileWorldOptions) {
    this.#folder = folder;
    this.#campaign = campaign;
    this.#options = options;
  }

  /** Starts the campaign, or goes on with it, until it is over, the disk stops it, or the process dies. */
  async live(failure?: Failure): Promise<Life> {
    const disk = new FailingDisk(this.#extents, failure);
    const clock = createVirtualClock(this.#lives.at(-1)?.process.clock.now());
    const stores = await openFileStores(this.#folder, disk, clock);
    const process = startProcess({
      channel: this.#channel(disk),
      clock,
      concurrency: 2,
      stores,
    });
    const begun = this.#lives.length === 0 ? process.engine.start(this.#campaign) : process.engine.recover();
    const life = new Life({ disk, process, begun, campaign: () => stores.campaigns.get("spring") });
    this.#lives.push(life);
    await life.runToRest();
    return life;
  }

  /** Reads what is on disk with a healthy disk; the lives must be over. */
  async outcome(): Promise<Outcome> {
    const { campaigns, ledgers } = await openFileStores(this.#folder, new FailingDisk(this.#extents), {
      now: () => 0,
    });
    const { ledger } = await ledgers.open(this.#campaign);
    await using _ = ledger;
    const rows: ResultRow[] = [];
    for await (const row of ledger.results()) rows.push(row);
    return { status: (await campaigns.get("spring"))?.status, counts: await ledger.counts(), rows };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const life of this.#lives) await life[Symbol.asyncDispose]();
    await rm(this.#folder, { recursive: true });
  }

  #channel(disk: FailingDisk) {
    const { manifest, firstTurns } = this.#options;
    return createScriptedChannel({
      manifest,
      effect: disk.effect,
      inbox: this.inbox,
      keys: this.#keys,
      turn: (request) => {
        if (!this.#isClaimed(disk, request)) this.unclaimed.push(request.username);
        const isFirst = !this.#asked.has(request.username);
        this.#asked.add(request.username);
        return (isFirst ? firstTurns[request.username] : undefined) ?? yes;
      },
    });
  }

  /** The last that a power cut would leave of this name is a claim, or the doubt that a claim became. */
  #isClaimed(disk: FailingDisk, { username }: SendRequest): boolean {
    const journal = join(this.#folder, "campaigns", "spring", "journal.jsonl");
    const entries = disk.durable(journal).split("\n").filter(Boolean).map(parseEntry);
    const last = entries.findLast((entry) => "r" in entry && `p${entry.r}` === username);
    const hasClaim = last?.t === "claim" && !last.w;
    return hasClaim || last?.t === "leaves" || last?.t === "uncertain";
  }
}

interface LifeParts {
  readonly disk: FailingDisk;
  readonly process: TestProcess;
  readonly begun: Promise<unknown>;
  readonly campaign: () => Promise<Campaign | undefined>;
}

/** One life of the process. */
export class Life implements AsyncDisposable {
  readonly disk: FailingDisk;
  readonly process: TestProcess;
  readonly #begun: Promise<void>;
  readonly #campaign: () => Promise<Campaign | undefined>;
  #stored: Campaign | undefined;
  #beginning: "under way" | "done" | "failed" = "under way";

  constructor({ disk, process, begun, campaign }: LifeParts) {
    this.disk = disk;
    this.process = process;
    this.#campaign = campaign;
    this.#begun = begun.then(
      () => void (this.#beginning = "done"),
      () => void (this.#beginning = "failed"),
    );
  }

  /** True when the process could not even take the campaign up. */
  get failedToBegin(): boolean {
    return this.#beginning === "failed";
  }

  /** What the operator was told last, "paused storage" for example; the disk's word when nothing was told yet. */
  get status(): string {
    const told = this.process.events.findLast((event) => event.kind === "status");
    const { status, pause } = (told?.kind === "status" ? told : this.#stored) ?? {};
    return [status, pause?.kind].filter(Boolean).join(" ");
  }

  /** Runs until the campaign is over, the disk stopped it, or the process is dead. */
  async runToRest(): Promise<void> {
    await this.process.clock.runUntil(this.#rest());
  }

  /** The end of a process that was killed: what still waits in it fails, and its files are closed. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.disk.bury();
    await this.#begun;
    await this.process.clock.runUntil(this.process.engine.stop(0));
  }

  async #rest(): Promise<void> {
    for (;;) {
      this.#stored = await this.#campaign();
      if (this.#isAtRest()) return;
      await turn();
    }
  }

  #isAtRest(): boolean {
    if (this.disk.isDead || this.failedToBegin) return true;
    const isOver = this.status === "finished" || this.status === "paused storage";
    return this.#beginning === "done" && isOver;
  }
}
