/** The promises every store of answers keeps. Each adapter's test runs this suite. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { NewAnswer } from "../../src/domain/people/answer.ts";
import type { AnswerStore } from "../../src/storage/ports/answers.ts";
import type { Reopened } from "./subscribers.ts";

const answer = (key: string, more: Partial<NewAnswer> = {}): NewAnswer => ({
  channel: "telegram",
  account: "bot",
  username: "ali",
  personId: "7",
  text: `words of ${key}`,
  at: Number(key),
  campaignId: "spring",
  key,
  ...more,
});

const numbers = (found: readonly { readonly number: number }[]) => found.map(({ number }) => number);

export function answersContract(adapter: string, create: () => Promise<Reopened<AnswerStore>>): void {
  describe(`answers in ${adapter}`, () => {
    let harness: Reopened<AnswerStore>;
    let store: AnswerStore;
    beforeEach(async () => {
      harness = await create();
      store = await harness.open();
    });
    afterEach(() => harness[Symbol.asyncDispose]());

    test("numbers answers from 1, and takes the same message of a channel once, after a restart too", async () => {
      const both = await Promise.all([store.append(answer("1")), store.append(answer("2", { text: "" }))]);
      expect(both.map((one) => one?.number)).toEqual([1, 2]);
      for (const again of [store, (store = await harness.open())]) {
        expect(await again.append(answer("1", { text: "once more" }))).toBeUndefined();
        expect(await again.get(1)).toEqual({ ...answer("1"), number: 1 });
        expect(await again.get(3)).toBeUndefined();
        expect(await again.lastNumber()).toBe(2);
      }
      expect(await store.append(answer("1", { channel: "x" }))).toMatchObject({ number: 3 });
    });

    test("finds answers by person under name or id, by campaign and by number", async () => {
      await store.append(answer("1"));
      await store.append(answer("2", { username: "ali_new" }));
      await store.append(answer("3", { username: "sara", personId: "8", campaignId: "tea" }));
      for (const again of [store, await harness.open()]) {
        expect(numbers(await again.byPerson({ names: ["ali"], ids: [] }))).toEqual([1]);
        expect(numbers(await again.byPerson({ names: ["nobody"], ids: ["7"] }))).toEqual([2, 1]);
        expect(numbers(await again.byCampaign("tea"))).toEqual([3]);
        expect(numbers(await again.byCampaign())).toEqual([3, 2, 1]);
        expect(numbers(await again.after(1, 1))).toEqual([2]);
      }
    });

    test("counts each person once, by their first answer, and automatic answers for nothing", async () => {
      await store.append(answer("5"));
      await store.append(answer("3"));
      await store.append(answer("9", { username: "robot", personId: "1", isAutomatic: true }));
      const { campaignId: _, ...toNobody } = answer("7", { username: "sara" });
      await store.append(toNobody);
      for (const again of [store, await harness.open()]) {
        expect(await again.answered("spring")).toEqual(new Map([["ali", 3]]));
        expect(await again.answered("tea")).toEqual(new Map());
      }
    });

    test("knows which channels' answers are kept", async () => {
      expect(await store.kept()).toEqual(new Map());
      await store.keep("x", true);
      await store.keep("telegram", false);
      await store.keep("telegram", true);
      const known = new Map([
        ["x", true],
        ["telegram", true],
      ]);
      expect([await store.kept(), await (await harness.open()).kept()]).toEqual([known, known]);
    });

    test("erases a person whole, and the counts still add up", async () => {
      await store.keep("x", true);
      await store.append(answer("1"));
      await store.append(answer("2", { username: "ali_new" }));
      await store.append(answer("3", { username: "sara", personId: "8" }));
      const [erased] = await Promise.all([
        store.erase({ names: ["ali"], ids: ["7"] }),
        store.append(answer("4", { username: "late", personId: "9" })),
      ]);
      expect(erased).toBe(2);
      expect(await store.erase({ names: ["ali"], ids: ["7"] })).toBe(0);
      await store.append(answer("5", { username: "after", personId: "10" }));
      for (const again of [store, await harness.open()]) {
        expect(JSON.stringify(await again.byCampaign())).not.toMatch(/ali|words of [12]\b|"7"/);
        expect((await again.answered("spring")).size).toBe(4);
        expect(await again.kept()).toEqual(new Map([["x", true]]));
        expect(await again.lastNumber()).toBe(5);
      }
    });
  });
}
