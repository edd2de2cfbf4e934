/** The promises every store of operators' replies keeps. Each adapter's test runs this suite. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { OwnReplyStore } from "../../src/storage/ports/own-replies.ts";
import type { Reopened } from "./subscribers.ts";

const asked = (id: string, answer = 1) => ({ id, answer, text: `reply ${id}`, by: "1001", at: 5 });

export function ownRepliesContract(adapter: string, create: () => Promise<Reopened<OwnReplyStore>>): void {
  describe(`operators' replies in ${adapter}`, () => {
    let harness: Reopened<OwnReplyStore>;
    let store: OwnReplyStore;
    beforeEach(async () => {
      harness = await create();
      store = await harness.open();
    });
    afterEach(() => harness[Symbol.asyncDispose]());

    test("a reply is asked for once, claimed by one caller and settled once", async () => {
      expect(await Promise.all([store.ask(asked("a")), store.ask(asked("a"))])).toEqual([true, false]);
      expect(await Promise.all([store.claim("a", 6), store.claim("a", 6)])).toEqual([true, false]);
      const sent = { state: "sent", messageId: "m1" } as const;
      expect(await store.settle("a", sent, 7)).toBe(true);
      expect(await store.settle("a", { state: "failed", why: "unsaid" }, 8)).toBe(false);
      expect([await store.claim("a", 9), await store.claim("nobody", 9)]).toEqual([false, false]);
      for (const again of [store, await harness.open()])
        expect(await again.get("a")).toEqual({ ...asked("a"), ...sent, since: 7, claimedAt: 6 });
    });

    test("what is uncertain is settled once more, is told again, and is open until it is found out or left", async () => {
      const lost = { state: "uncertain", why: "connectionBroke" } as const;
      const open = async (): Promise<readonly string[]> => (await store.open()).map(({ id }) => id);
      for (const id of ["a", "b"]) {
        await store.ask(asked(id));
        await store.claim(id, 6);
        expect(await store.settle(id, lost, 7)).toBe(true);
        await store.told(id, 8);
      }
      expect(await open()).toEqual(["a", "b"]);
      expect(await store.settle("a", { state: "planned", why: "tooFast" }, 9)).toBe(false);
      expect([await store.claim("a", 9), await store.settle("a", lost, 9)]).toEqual([false, false]);
      expect(await store.settle("a", { state: "sent", messageId: "m1" }, 10)).toBe(true);
      expect(await store.settle("b", { ...lost, isLeft: true }, 10)).toBe(true);
      expect(await store.settle("b", { state: "sent", messageId: "m2" }, 11)).toBe(false);
      expect(await open()).toEqual(["a", "b"]);
      for (const id of ["a", "b"]) await store.told(id, 12);
      store = await harness.open();
      expect(await open()).toEqual([]);
      expect(await store.get("b")).toEqual({
        ...asked("b"),
        ...lost,
        since: 10,
        claimedAt: 6,
        isLeft: true,
        isTold: true,
      });
    });

    test("what surely did not arrive is claimed again, and what is claimed is known after a restart", async () => {
      await store.ask(asked("a"));
      await store.claim("a", 6);
      await store.settle("a", { state: "planned", why: "tooFast" }, 7);
      expect(await store.claim("a", 8)).toBe(true);
      expect(await (await harness.open()).open()).toMatchObject([{ id: "a", state: "claimed" }]);
    });

    test("is open until its end was told", async () => {
      await store.ask(asked("a"));
      await store.ask(asked("b", 2));
      await store.settle("a", { state: "failed", why: "onDoNotSendList" }, 7);
      expect((await store.open()).map(({ id }) => id)).toEqual(["a", "b"]);
      await store.told("a", 8);
      for (const again of [store, await harness.open()]) {
        expect((await again.open()).map(({ id }) => id)).toEqual(["b"]);
        expect((await again.to(1)).map(({ id, isTold }) => [id, isTold])).toEqual([["a", true]]);
      }
    });

    test("erases what was written to somebody's answers, and keeps how it ended", async () => {
      await store.ask(asked("a"));
      await store.ask(asked("b", 2));
      await store.claim("a", 6);
      await store.settle("a", { state: "sent", messageId: "m1" }, 7);
      await store.claim("b", 8);
      await store.erase([1]);
      for (const again of [store, await harness.open()]) {
        expect(await again.get("a")).toEqual({
          ...asked("a"),
          text: "",
          state: "sent",
          messageId: "m1",
          since: 7,
          claimedAt: 6,
        });
        expect(await again.get("b")).toMatchObject({ text: "reply b", state: "claimed" });
      }
    });
  });
}
