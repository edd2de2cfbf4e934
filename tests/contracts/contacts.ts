/** The promises of whoever knows who was written to when. Each adapter's test runs this suite. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Entry } from "../../src/domain/journal.ts";
import type { ContactHistory } from "../../src/storage/ports/people.ts";

export interface ContactsHarness extends AsyncDisposable {
  readonly contacts: ContactHistory;
  /** Makes a campaign of which its ledger wrote this. @param channel Absent: `simulator` */
  put(id: string, names: readonly string[], entries: readonly Entry[], channel?: string): Promise<unknown>;
}

const claim = (r: number, at: number): Entry => ({ t: "claim", r, a: "one", n: 1, at });

export function contactsContract(adapter: string, create: () => Promise<ContactsHarness>): void {
  describe(`who was written to when, in ${adapter}`, () => {
    let harness: ContactsHarness;
    beforeEach(async () => void (harness = await create()));
    afterEach(() => harness[Symbol.asyncDispose]());

    test("knows everyone who was sent a message since then, and of several the latest", async () => {
      await harness.put("a", ["ali", "sara"], [claim(0, 10), { t: "sent", r: 0, id: "m", at: 11 }]);
      await harness.put("b", ["ali"], [claim(0, 20), { t: "sent", r: 0, id: "m", at: 21 }]);
      const recent = await harness.contacts.since("simulator", 5);
      expect([recent.latest("ali", "c"), recent.latest("sara", "c")]).toEqual([21, undefined]);
    });

    test("forgets what is longer ago than anybody asks, until somebody asks further back", async () => {
      await harness.put("a", ["ali"], [claim(0, 10), { t: "sent", r: 0, id: "m", at: 11 }]);
      const { contacts } = harness;
      expect((await contacts.since("simulator", 12)).latest("ali", "c")).toBeUndefined();
      expect((await contacts.since("simulator", 11)).latest("ali", "c")).toBe(11);
    });

    test("takes a name on another channel for another person", async () => {
      await harness.put("a", ["ali"], [claim(0, 10), { t: "sent", r: 0, id: "m", at: 11 }], "x");
      expect((await harness.contacts.since("simulator", 0)).latest("ali", "c")).toBeUndefined();
    });

    test("counts whoever may have got a message, but not in the campaign's own eyes", async () => {
      const uncertain: Entry = { t: "uncertain", r: 0, why: "noAnswerInTime", at: 12 };
      const left: Entry = { t: "skipped", r: 1, reason: "leftInDoubt", at: 13 };
      await harness.put(
        "a",
        ["ali", "sara", "nima"],
        [claim(0, 10), uncertain, claim(1, 10), left, claim(2, 10)],
      );
      const recent = await harness.contacts.since("simulator", 0);
      expect(["ali", "sara", "nima"].map((name) => recent.latest(name, "c"))).toEqual([10, 10, 10]);
      expect(recent.latest("ali", "a")).toBeUndefined();
    });

    test("does not count whoever surely got nothing", async () => {
      const missed: Entry = { t: "notFound", r: 0, why: "noSuchName", at: 12 };
      const again: Entry = { t: "planned", r: 1, due: 20, free: true, why: "tooFast", at: 12 };
      const never: Entry = { t: "skipped", r: 2, reason: "optedOut", at: 12 };
      await harness.put("a", ["ali", "sara", "nima"], [claim(0, 10), missed, claim(1, 10), again, never]);
      const recent = await harness.contacts.since("simulator", 0);
      expect(["ali", "sara", "nima"].map((name) => recent.latest(name, "c"))).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
    });

    test("counts whoever was sent to again and surely missed then: the first message may have arrived", async () => {
      const journal: readonly Entry[] = [
        claim(0, 10),
        { t: "uncertain", r: 0, why: "noAnswerInTime", at: 11 },
        { t: "planned", r: 0, due: 12, free: true, why: "unsaid", again: true, at: 12 },
        claim(0, 13),
        { t: "failed", r: 0, why: "serviceDown", at: 14 },
      ];
      await harness.put("a", ["ali"], journal);
      const { contacts } = harness;
      expect((await contacts.since("simulator", 0)).latest("ali", "c")).toBe(13);
      expect((await contacts.writtenBy("a"))("ali")).toBe(true);
    });

    test("can't say whom a campaign that there is not wrote to", async () => {
      await expect(harness.contacts.writtenBy("winter")).rejects.toThrow("winter");
    });
  });
}
