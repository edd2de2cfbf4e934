import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Answer, Fault } from "./fault.ts";
import { defaultRetryPolicy, verdict } from "./verdict.ts";
import { plainReasons } from "./reasons/reason.ts";

const context = { attempt: 1, now: 1000, policy: defaultRetryPolicy, random: 0 };

const anyFault: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({
    kind: fc.constant("throttled" as const),
    scope: fc.constantFrom("account" as const, "channel" as const),
    retryAt: fc.nat(5000),
    why: fc.constantFrom(...plainReasons),
  }),
  fc.record({
    kind: fc.constant("recipient" as const),
    state: fc.constantFrom("notFound" as const, "refused" as const),
    why: fc.constantFrom(...plainReasons),
  }),
  fc.record({
    kind: fc.constant("account" as const),
    trouble: fc.constantFrom("resting" as const, "locked" as const, "loggedOut" as const),
    why: fc.constantFrom(...plainReasons),
  }),
  fc.record({
    kind: fc.constantFrom(
      "unavailable" as const,
      "uncertain" as const,
      "rejected" as const,
      "unexplained" as const,
    ),
    why: fc.constantFrom(...plainReasons),
  }),
);

describe("the verdict", () => {
  test("repeats a send only when the fault proves that nothing left", () => {
    fc.assert(
      fc.property(anyFault, fc.integer({ min: 1, max: 9 }), (fault, attempt) => {
        const { settlement } = verdict(fault, { ...context, attempt });
        if (fault.kind === "uncertain") expect(settlement.t).toBe("uncertain");
        else expect(settlement.t).not.toBe("uncertain");
        expect(settlement.t).not.toBe("sent");
      }),
    );
  });

  test("fails whom it can't tell about, to be tried again on the operator's word only", () => {
    const { settlement, consequence } = verdict({ kind: "unexplained", why: "xUnexplained" }, context);
    expect(settlement).toEqual({ t: "failed", why: "xUnexplained" });
    expect(consequence).toEqual({ kind: "unexplained", why: "xUnexplained" });
  });

  test("lets an account rest whose last message used its limit up", () => {
    const answer = { kind: "delivered", messageId: "m", restsUntil: 9000 } as const;
    const { settlement, consequence } = verdict(answer, context);
    expect(settlement).toEqual({ t: "sent", id: "m" });
    expect(consequence).toMatchObject({ kind: "accountRests", until: 9000 });
  });

  test("never plans anyone for the past", () => {
    fc.assert(
      fc.property(anyFault, (fault) => {
        const { settlement, consequence } = verdict(fault, context);
        if (settlement.t === "planned") expect(settlement.due).toBeGreaterThanOrEqual(context.now);
        if ("until" in consequence) expect(consequence.until).toBeGreaterThanOrEqual(context.now);
      }),
    );
  });

  test("marks only a yes as sent and keeps its message id", () => {
    const yes: Answer = { kind: "delivered", messageId: "42" };
    expect(verdict(yes, context).settlement).toEqual({ t: "sent", id: "42" });
  });

  test("waits about 2, 4 and 8 s between attempts and then gives up", () => {
    const down: Fault = { kind: "unavailable", why: "serviceDown" };
    const delays = [1, 2, 3].map((attempt) => {
      const { settlement } = verdict(down, { ...context, attempt });
      return settlement.t === "planned" ? settlement.due - context.now : settlement.t;
    });
    expect(delays).toEqual([2000, 4000, 8000]);
    expect(verdict(down, { ...context, attempt: 4 }).settlement).toEqual({ t: "failed", why: "serviceDown" });
  });

  test("asks for a name without an answer a few times, and blames neither the account nor the service", () => {
    const silence: Fault = { kind: "unanswered", why: "xSilentOnName", uncalled: true };
    const ends = [1, 2, 3, 4].map((attempt) => verdict(silence, { ...context, attempt }));
    expect(ends.map(({ settlement }) => settlement.t)).toEqual(["planned", "planned", "planned", "failed"]);
    for (const { settlement, consequence } of ends) {
      expect(settlement).toMatchObject({ why: "xSilentOnName", uncalled: true });
      expect(consequence).toEqual({ kind: "none" });
    }
  });

  test("obeys retry-after to the millisecond and charges no attempt for it", () => {
    const busy: Fault = { kind: "throttled", scope: "channel", retryAt: 7777, why: "tooFast" };
    expect(verdict(busy, { ...context, attempt: 9 })).toEqual({
      settlement: { t: "planned", due: 7777, free: true, why: "tooFast" },
      consequence: { kind: "channelRests", until: 7777, why: "tooFast" },
    });
  });

  test("lets another account write at once to whom a resting one could not", () => {
    const busy: Fault = { kind: "throttled", scope: "account", retryAt: 7777, why: "tooFast" };
    expect(verdict(busy, context)).toEqual({
      settlement: { t: "planned", due: context.now, free: true, why: "tooFast" },
      consequence: { kind: "accountRests", until: 7777, why: "tooFast" },
    });
  });

  test("rests a limited account a quarter of an hour when no time is named", () => {
    const limited: Fault = { kind: "account", trouble: "resting", why: "accountLimited" };
    expect(verdict(limited, context).consequence).toMatchObject({ kind: "accountRests", until: 901_000 });
  });

  test("pauses the campaign when our own message is wrong", () => {
    const wrong: Fault = { kind: "rejected", why: "messageTooLong" };
    expect(verdict(wrong, context).consequence).toEqual({ kind: "pauseCampaign", why: "messageTooLong" });
  });
});
