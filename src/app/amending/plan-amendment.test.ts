/** What is said before a mending begins is what it comes to. */
import { expect, test } from "vitest";
import { amendingWorld, startAmender } from "../../../tests/support/amending-bench.ts";
import type { AmendmentScope } from "../../domain/amending/amendment.ts";
import { staysIn } from "./amend-campaign.ts";
import { planAmendment } from "./plan-amendment.ts";

const scope = { kind: "all" } as const;
const message = { text: "Dear {{name}}" };

/** Of five p1 has a name that no message has room for, and the one after it is on the do-not-send list. */
function world() {
  const before = amendingWorld(5);
  const rows = before.rows.map((row) => ({
    ...row,
    username: row.ordinal === 2 ? "p_out" : row.username,
    variables: { name: row.ordinal === 1 ? "x".repeat(5000) : row.username },
  }));
  return { ...before, rows, inbox: new Map(rows.map(({ username }) => [username, "hello"])) };
}

test("who opted out and whom the text does not fit keep theirs, and nobody else waits for it", async () => {
  const people = world();
  const { amender, amendments, clock, planning } = startAmender(people);
  const plan = await planAmendment(planning, "spring", { kind: "mend", scope, message });
  expect(plan).toMatchObject({ count: 3, optedOut: 1, unfit: 1, tooOld: 0, unknown: 0 });
  expect(plan?.preview).toEqual({ username: "p0", text: "Dear p0" });
  if (!plan) throw new Error("there is no plan");
  const count = plan.count + staysIn(plan);
  await amender.begin("spring", { kind: "mend", scope, message, count, by: "test" });
  await clock.runUntilIdle();
  expect(Object.fromEntries(people.inbox)).toEqual({
    p0: "Dear p0",
    p1: "hello",
    p_out: "hello",
    p3: "Dear p3",
    p4: "Dear p4",
  });
  const fold = await amendments.read("spring");
  expect(fold.all).toMatchObject([{ status: "finished", count: 5 }]);
  expect(fold.counts(1)).toEqual({ claimed: 0, done: 3, kept: 2, uncertain: 0 });
  expect(fold.of(1)?.last).toMatchObject({ state: "kept", why: "messageTooLong" });
});

test("a second mending is offered the text that people have by now, and taking back touches everybody", async () => {
  const { amender, clock, planning } = startAmender(world());
  await amender.begin("spring", { kind: "mend", scope, message, count: 5, by: "test" });
  await clock.runUntilIdle();
  const again = await planAmendment(planning, "spring", { kind: "mend", scope });
  expect(again).toMatchObject({ count: 4, optedOut: 1, now: { message: "Dear {{name}}" } });
  expect(again?.revisions).toMatchObject([
    { revision: 1, text: "Dear {{name}}" },
    { revision: 2, text: "hello" },
  ]);
  const back = await planAmendment(planning, "spring", { kind: "takeBack", scope });
  expect(back).toMatchObject({ count: 5, optedOut: 0, unfit: 0 });
});

test("a text with a mistake in it is named before anybody's is written", async () => {
  const { planning } = startAmender(world());
  const broken = await planAmendment(planning, "spring", { kind: "mend", scope, message: { text: "{{na" } });
  expect(broken?.problems).toMatchObject([{ problem: "brokenVariable" }]);
});

test("the number is called one of this moment while messages join it, and only then", async () => {
  const { planning } = startAmender(world());
  const grows = async (status: "running" | "paused", wanted: AmendmentScope) => {
    const campaign = { ...(await planning.campaigns.get()), status, revision: 1 };
    const parts = { ...planning, campaigns: { get: async () => campaign } };
    const plan = await planAmendment(parts, "spring", { kind: "takeBack", scope: wanted });
    return plan?.grows ?? false;
  };
  expect(await grows("running", scope)).toBe(true);
  expect(await grows("running", { kind: "revision", revision: 1 })).toBe(true);
  expect(await grows("running", { kind: "revision", revision: 0 })).toBe(false);
  expect(await grows("running", { kind: "name", username: "p0" })).toBe(false);
  expect(await grows("paused", scope)).toBe(false);
});
