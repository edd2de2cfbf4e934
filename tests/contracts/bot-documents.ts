/** The promises every place keeps where the bot's documents lie. Each adapter's test runs this suite. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Document, DocumentDescription } from "../../src/bot/documents.ts";

type Open = <T>(description: DocumentDescription<T>) => Promise<Document<T>>;

export interface BotDocumentsHarness extends AsyncDisposable {
  /** Opens one, or opens it again as after a crash. */
  readonly open: Open;
  /** What was told of those that can't be understood, oldest first. */
  readonly problems: readonly string[];
  /** How often one was written so far. */
  writes(): number;
}

const schema: z.ZodType<readonly string[]> = z.array(z.string().max(7));
const description = { name: "words", version: 1, schema, initial: [] };

const adding =
  (word: string) =>
  (words: readonly string[]): readonly string[] => [...words, word];

export function botDocumentsContract(adapter: string, create: () => Promise<BotDocumentsHarness>): void {
  describe(`documents of the bot in ${adapter}`, () => {
    let harness: BotDocumentsHarness;
    let open: Open;
    beforeEach(async () => {
      harness = await create();
      ({ open } = harness);
    });
    afterEach(() => harness[Symbol.asyncDispose]());

    test("each begins as it is described and is found again as it was left", async () => {
      const [one, other] = [await open(description), await open({ ...description, name: "others" })];
      expect(one.get()).toEqual([]);
      await one.update(adding("سلام\u200c۱"));
      expect(one.get()).toEqual(["سلام\u200c۱"]);
      await other.update(adding("b"));
      expect((await open(description)).get()).toEqual(["سلام\u200c۱"]);
      expect((await open({ ...description, name: "others" })).get()).toEqual(["b"]);
      const number = { name: "number", version: 1, schema: z.number(), initial: 0 };
      await (await open(number)).update((from) => from + 7);
      expect((await open(number)).get()).toBe(7);
    });

    test("none of many changes at once is lost, and those that wait share a write", async () => {
      const document = await open(description);
      const words = Array.from({ length: 50 }, (_, index) => `${index}`);
      await Promise.all(words.map((word) => document.update(adding(word))));
      expect(harness.writes()).toBe(2);
      expect((await open(description)).get()).toEqual(words);
    });

    test("a change that throws or does not fit fails by itself and changes nothing", async () => {
      const document = await open(description);
      const fails = [
        document.update(adding("a")),
        document.update(adding("too long a word")),
        document.update(() => {
          throw new Error("no");
        }),
        document.update(adding("b")),
      ];
      const ends = (await Promise.allSettled(fails)).map(({ status }) => status);
      expect(ends).toEqual(["fulfilled", "rejected", "rejected", "fulfilled"]);
      expect((await open(description)).get()).toEqual(["a", "b"]);
    });

    test.each([
      ["of another version", { version: 2 }],
      ["that does not fit", { schema: z.array(z.string().max(1)) }],
    ])("one %s is set aside and told of, and another begins in its place", async (_, differs) => {
      await (await open(description)).update(adding("many"));
      const anew = await open({ ...description, ...differs });
      expect(anew.get()).toEqual([]);
      expect(harness.problems).toHaveLength(1);
      expect(harness.problems[0]).toMatch(/can't be used: .*kept as .*words.*\.broken-/);
      await anew.update(adding("b"));
      expect((await open({ ...description, ...differs })).get()).toEqual(["b"]);
      expect(harness.problems).toHaveLength(1);
    });
  });
}
