/**
 * What is previewed is what the people get, for random lists, edits, stops and restarts. Judged by the simulated people's
 * own record: for each who got something after a preview, the text is the one that the preview showed, and nobody has two.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Draft } from "../../src/app/drafts/draft.ts";
import { textHashOf } from "../../src/channels/simulator/record.ts";
import { readConfig } from "../../src/config.ts";
import type { Core } from "../../src/composition/core-order.ts";
import { openCore } from "../../src/composition/core.ts";
import { everybodyAnswers } from "../cli/peyk-command.ts";
import type { Where } from "../support/stored.ts";
import { ownStore } from "../support/own-store.ts";
import { deliveriesIn } from "../support/on-record.ts";
import { middayZone } from "../support/midday.ts";

const NAMES = ["ali_1", "sara_2", "reza_3", "nima_4", "mina_5", "omid_6"];
const VALUES = ["Ali", "Sara", "", "R. & <b>", "x".repeat(40)];
const COLUMNS = ["name", "city"];
const MESSAGES = ["Hi {{name}}", "Hi {{name|friend}} from {{city|afar}}", "{{city}}", "For {{username}}"];

interface Round {
  readonly rows: readonly { readonly username: string; readonly values: readonly string[] }[];
  readonly columns: readonly string[];
  readonly message: string;
  readonly changesMessage: boolean;
  /** How many more may go out in this round, over all. */
  readonly room: number;
  readonly restarts: boolean;
}

const rounds: fc.Arbitrary<readonly Round[]> = fc.array(
  fc.record({
    rows: fc.uniqueArray(
      fc.record({
        username: fc.constantFrom(...NAMES),
        values: fc.tuple(fc.constantFrom(...VALUES), fc.constantFrom(...VALUES)),
      }),
      { selector: ({ username }) => username, minLength: 1 },
    ),
    columns: fc.constantFrom<readonly string[]>(COLUMNS, ["city", "NAME"]),
    message: fc.constantFrom(...MESSAGES),
    changesMessage: fc.boolean(),
    room: fc.nat(3),
    restarts: fc.boolean(),
  }),
  { minLength: 2, maxLength: 5 },
);

class World implements AsyncDisposable {
  readonly #dataDir: string;
  readonly #own: Where["own"];
  #core: Core;
  #allowed = 0;

  private constructor({ dataDir, own }: Where, core: Core) {
    this.#dataDir = dataDir;
    this.#own = own;
    this.#core = core;
  }

  static async open(): Promise<World> {
    const dataDir = await mkdtemp(join(tmpdir(), "peyk-previews-"));
    const value = { ...everybodyAnswers, accounts: [{ name: "one" }] };
    await writeFile(join(dataDir, "simulator.json"), JSON.stringify({ version: 1, value }));
    const own = await ownStore();
    return new World({ dataDir, own }, await openFolder(dataDir, own));
  }

  async restart(): Promise<void> {
    await this.#core.close();
    this.#core = await openFolder(this.#dataDir, this.#own);
  }

  /** Who got which text, in the order of arrival. */
  async received(): Promise<readonly { readonly username: string; readonly textHash: string }[]> {
    return deliveriesIn({ dataDir: this.#dataDir, own: this.#own });
  }

  /** Gives the list and answers what the preview shows of everybody; then starts, and waits until nothing moves. */
  async go(round: Round): Promise<ReadonlyMap<string, string>> {
    const { app } = this.#core;
    const text = [["username", ...round.columns], ...round.rows.map((row) => [row.username, ...row.values])]
      .map((cells) => cells.map((cell) => `"${cell}"`).join(","))
      .join("\n");
    const path = join(this.#dataDir, "given.csv");
    await writeFile(path, text);
    const source = { kind: "file", path, name: "given.csv" } as const;
    const report = await app.importList({ source, campaignId: "spring" });
    if (report.kind !== "report") throw new Error(`no list: ${JSON.stringify(report)}`);
    const existing = await app.existing("spring");
    const isChanged = existing !== undefined && round.changesMessage && round.message !== existing.message;
    this.#allowed += round.room;
    const draft: Draft = {
      campaignId: "spring",
      listId: report.listId,
      origin: report.origin,
      message: existing && !isChanged ? existing.message : round.message,
      channel: "simulator",
      accounts: [{ name: "one", caps: { perDay: Math.max(1, this.#allowed) } }],
      ...(existing
        ? { terms: { kind: "goOn", changes: ["accounts", ...(isChanged ? ["message" as const] : [])] } }
        : { terms: { kind: "new" } }),
    };
    const previews = await app.preview(draft);
    const shown = new Map(previews.map((one) => [one.username, one.text]));
    const plan = await app.plan(draft);
    if (shown.size !== Math.min(3, plan.toSend))
      throw new Error("the preview shows others than the plan counts");
    const started = await app.start(draft, { statement: "they asked", by: "test" });
    if (!started.ok) throw new Error(`it was not started: ${started.problem}`);
    await this.#rest();
    return shown;
  }

  async #rest(): Promise<void> {
    for (;;) {
      const view = await this.#core.app.view("spring");
      const isMoving = view?.campaign.status === "running" || (view?.counts.claimed ?? 0) > 0;
      if (!isMoving) return;
      await pause(2);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#core.close();
    await rm(this.#dataDir, { recursive: true });
  }
}

async function openFolder(dataDir: string, own: object): Promise<Core> {
  const read = readConfig({ DATA_DIR: dataDir, TIME_ZONE: middayZone(), ...own });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const core = await openCore({ ...read.config, concurrency: 2 }, { error: () => undefined });
  await core.recover();
  return core;
}

test("whoever gets something after a preview gets what it showed, and nobody gets two", async () => {
  await fc.assert(
    fc.asyncProperty(rounds, async (all) => {
      await using world = await World.open();
      for (const round of all) {
        const before = (await world.received()).length;
        const shown = await world.go(round);
        const arrived = (await world.received()).slice(before);
        for (const { username, textHash } of arrived) {
          const text = shown.get(username);
          if (text !== undefined) expect([username, textHash]).toEqual([username, textHashOf(text)]);
        }
        if (round.restarts) await world.restart();
      }
      const names = (await world.received()).map(({ username }) => username);
      expect(names).toHaveLength(new Set(names).size);
    }),
    { numRuns: 20 },
  );
});
