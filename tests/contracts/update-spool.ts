/** The promises every spool of updates keeps, whatever it is kept in. Each adapter's test runs this suite. */
import type { Update } from "grammy/types";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { UpdateSpool } from "../../src/bot/intake/update-spool.ts";

export interface SpoolHarness extends AsyncDisposable {
  /** Opens it, or opens it again as after a crash. @param alreadyHandled What an earlier version remembered */
  open(alreadyHandled?: readonly number[]): Promise<UpdateSpool>;
  /** Whether what it is kept in takes nothing. */
  setFull(isFull: boolean): void;
}

export function said(id: number, text = "hi"): Update {
  const chat = { id: 5, type: "private" as const, first_name: "Sara" };
  return {
    update_id: id,
    message: { message_id: id, date: 0, chat, from: { ...chat, is_bot: false }, text },
  };
}

export const never = (): boolean => false;

export const idsOf = (updates: readonly { readonly update: Update }[]): number[] =>
  updates.map((one) => one.update.update_id);

export function updateSpoolContract(adapter: string, create: () => Promise<SpoolHarness>): void {
  describe(`updates in ${adapter}`, () => {
    let harness: SpoolHarness;
    let opened: UpdateSpool[];
    const open = async (alreadyHandled?: readonly number[]): Promise<UpdateSpool> => {
      const spool = await harness.open(alreadyHandled);
      opened.push(spool);
      return spool;
    };
    beforeEach(async () => {
      harness = await create();
      opened = [];
    });
    afterEach(async () => {
      for (const spool of opened) await spool[Symbol.asyncDispose]();
      await harness[Symbol.asyncDispose]();
    });

    test("what was taken in is kept when it resolves, and there at the next start until it is done", async () => {
      const spool = await open();
      await spool.take([said(2), said(1)], never);
      await spool.take([said(3)], never);
      const next = await open();
      expect(idsOf(next.pending)).toEqual([2, 1, 3]);
      expect(next.pending[0]).toEqual({ update: said(2), deaths: 0, wasAlone: false });
      await next.done(1);
      const later = await open();
      expect(idsOf(later.pending)).toEqual([2, 3]);
      expect([later.isDone(1), later.isDone(2)]).toEqual([true, false]);
    });

    test("an update that Telegram gives again is not taken again, whether it waits, was handled, or an earlier version did", async () => {
      const spool = await open([7]);
      expect(await spool.take([said(7), said(8), said(9)], never)).toHaveLength(2);
      await spool.done(8);
      expect(await spool.take([said(7), said(8), said(9), said(10)], never)).toEqual([said(10)]);
      const later = await open();
      expect(await later.take([said(8), said(9), said(10)], never)).toEqual([]);
    });

    test("counts how often the process died with an update in hand, and an orderly stop as none", async () => {
      for (const deaths of [0, 1, 2]) {
        const spool = await open();
        if (deaths === 0) await spool.take([said(1), said(2)], ({ update_id: id }) => id === 1);
        else await spool.begin([1]);
        await spool.begin([2]);
        await spool.layBack([2]);
      }
      const last = await open();
      expect(last.pending.map(({ deaths }) => deaths)).toEqual([3, 0]);
    });

    test("remembers that an update was in hand by itself", async () => {
      const spool = await open();
      await spool.take([said(1), said(2)], never);
      await spool.begin([1], true);
      await spool.begin([2]);
      const later = await open();
      expect(later.pending.map(({ wasAlone }) => wasAlone)).toEqual([true, false]);
    });

    test("a storm goes through it, of which it remembers the last thousand and all that wait", async () => {
      const spool = await open();
      await spool.take([said(1, "waits")], never);
      await spool.begin([1], true);
      for (let first = 2; first < 3000; first += 100) {
        const ids = Array.from({ length: 100 }, (_, index) => first + index);
        await spool.take(
          ids.map((id) => said(id, "x".repeat(1000))),
          () => true,
        );
        await Promise.all(ids.map((id) => spool.done(id)));
      }
      const later = await open();
      expect(later.pending).toEqual([{ update: said(1, "waits"), deaths: 1, wasAlone: true }]);
      expect([later.isDone(3001), later.isDone(2002), later.isDone(2)]).toEqual([true, true, false]);
    });

    test("takes nothing in while nothing can be kept, and goes on when it can again", async () => {
      const spool = await open();
      await spool.take([said(1), said(2)], never);
      harness.setFull(true);
      await expect(spool.done(1)).rejects.toThrow("no space left");
      for (const _ of [1, 2]) await expect(spool.take([said(3)], never)).rejects.toThrow("no space left");
      harness.setFull(false);
      expect(await spool.take([said(3)], never)).toEqual([said(3)]);
      const later = await open();
      expect(idsOf(later.pending)).toEqual([2, 3]);
    });
  });
}
