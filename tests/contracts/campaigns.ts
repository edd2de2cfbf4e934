/** The promises every store of campaigns keeps, whatever it is kept in. Each adapter's test runs this suite. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { finished, pausedBy } from "../../src/domain/campaign-status.ts";
import type { Campaign } from "../../src/domain/campaign.ts";
import type { CampaignStore } from "../../src/storage/ports/campaigns.ts";
import { pieces, textOf } from "../support/file-content.ts";

export interface CampaignsHarness extends AsyncDisposable {
  /** Opens the store, or opens it again as after a crash. */
  open(): Promise<CampaignStore>;
  /** Opens it as another process beside the first; absent where there is but one process. */
  openBeside?(): Promise<CampaignStore>;
}

const spring: Campaign = {
  id: "spring",
  createdAt: 1000,
  channel: "simulator",
  accounts: [{ name: "one", caps: { perDay: 4 } }],
  message: "سلام",
  lists: [],
  consent: { statement: "they signed up", by: "42", at: 900 },
  status: "running",
};

const more = (from: Campaign): Campaign => ({ ...from, revision: (from.revision ?? 0) + 1 });

const withAccount = (name: string) => (from: Campaign) => ({
  ...more(from),
  accounts: [...from.accounts, { name, caps: {} }],
});

export function campaignsContract(adapter: string, create: () => Promise<CampaignsHarness>): void {
  describe(`campaigns in ${adapter}`, () => {
    let harness: CampaignsHarness;
    /** Two who write: two processes where the adapter can be opened twice. */
    let one: CampaignStore;
    let other: CampaignStore;
    beforeEach(async () => {
      harness = await create();
      one = await harness.open();
      other = (await harness.openBeside?.()) ?? one;
    });
    afterEach(() => harness[Symbol.asyncDispose]());

    test("one id is one campaign, whoever comes second", async () => {
      const made = await Promise.all([one.create(spring), other.create({ ...spring, message: "Hi" })]);
      expect(made.filter(Boolean)).toHaveLength(1);
      expect(await one.create({ ...spring, message: "again" })).toBe(false);
      const message = made[0] ? spring.message : "Hi";
      expect(await other.get("spring")).toEqual({ ...spring, message });
      expect(await (await harness.open()).all()).toEqual([{ ...spring, message }]);
    });

    test("keeps attachments by name, each as it was given, for whoever opens them", async () => {
      const files = await Promise.all([
        one.adoptAttachment("spring", pieces("a ", "picture")),
        other.adoptAttachment("spring", pieces("a list")),
      ]);
      const broken = pieces("half", new Error("the connection broke"));
      await expect(one.adoptAttachment("spring", broken)).rejects.toThrow("the connection broke");
      expect(new Set(files).size).toBe(2);
      for (const store of [other, one, await harness.open()])
        for (const [n, text] of ["a picture", "a list"].entries()) {
          const stored = await store.attachment("spring", files[n] ?? "");
          expect(stored?.size).toBe(text.length);
          expect([await textOf(stored), await textOf(stored)]).toEqual([text, text]);
        }
      expect(await other.attachment("spring", "attachment-99")).toBeUndefined();
      expect(await other.attachment("summer", files[0])).toBeUndefined();
    });

    test("no change loses another one that comes at the same moment", async () => {
      await one.create(spring);
      const names = ["two", "three", "four", "five"];
      await Promise.all(
        names.map((name, n) => (n % 2 === 0 ? one : other).change("spring", withAccount(name))),
      );
      const stored = await (await harness.open()).get("spring");
      expect(stored?.accounts.map(({ name }) => name).toSorted()).toEqual([...names, "one"].toSorted());
      expect(stored?.revision).toBe(4);
    });

    test("of two who want it otherwise the one who comes late is refused, and told how it is", async () => {
      await one.create(spring);
      const [ended, paused] = await Promise.all([
        one.change("spring", finished(5)),
        other.change("spring", pausedBy("42")),
      ]);
      expect([ended, paused].filter(Boolean)).toHaveLength(1);
      const seen: unknown[] = [];
      const late = await other.change("spring", (from) => (seen.push(from.status), undefined));
      expect([late, seen]).toEqual([undefined, [ended ? "finished" : "paused"]]);
      expect(await one.get("spring")).toEqual(ended ?? paused);
    });

    test("what is refused or fails changes nothing, and nobody else's change", async () => {
      await one.create(spring);
      const fails = other.change("spring", () => {
        throw new Error("no");
      });
      const moved = one.change("spring", (from) => ({ ...from, channel: "x" }));
      await Promise.all([expect(fails).rejects.toThrow("no"), expect(moved).rejects.toThrow("for life")]);
      expect(await one.change("spring", more)).toEqual(more(spring));
      expect(await other.change("winter", more)).toBeUndefined();
      expect(await (await harness.open()).all()).toEqual([more(spring)]);
    });

    test("tells all of them newest first, and which spelling of an id is in use", async () => {
      await one.create(spring);
      await other.create({ ...spring, id: "autumn", createdAt: 3000 });
      await one.create({ ...spring, id: "summer", createdAt: 2000 });
      expect((await other.all()).map(({ id }) => id)).toEqual(["autumn", "summer", "spring"]);
      expect(await other.spellings("SPRING")).toEqual(["spring"]);
      expect(await other.spellings("winter")).toEqual([]);
    });
  });
}
