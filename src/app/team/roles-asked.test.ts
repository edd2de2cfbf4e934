import { expect, test } from "vitest";
import { createMemoryTeam } from "../../../tests/support/memory-team.ts";
import { createDoingApp } from "../../../tests/support/owner-bench.ts";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";
import type { Deed } from "../deeds.ts";
import { doDeed } from "../deeds.ts";
import { openTeam } from "./team.ts";

test("a role that a terminal asked for undoes nothing that was decided since, and is done once however often it comes", async () => {
  const parts = { team: createMemoryTeam(), operatorIds: [1, 2], clock: createVirtualClock() };
  const team = await openTeam(parts);
  const ask = (deed: Deed<"giveRole" | "takeRole">) =>
    doDeed({ ...createDoingApp(), team }, { ...deed, ask: "a" });
  const give = { deed: "giveRole", asked: { id: 7, role: "viewer", from: "none" } } as const;
  expect([await ask(give), await ask(give), team.roleOf(7)]).toEqual([{ ok: true }, { ok: true }, "viewer"]);
  await team.give(7, "operator");
  expect([await ask(give), team.roleOf(7)]).toEqual([{ ok: false, problem: "changed" }, "operator"]);
  const take = { deed: "takeRole", asked: { id: 2, from: "operator" } } as const;
  expect([await ask(take), await ask(take), team.roleOf(2)]).toEqual([{ ok: true }, { ok: true }, undefined]);
  const owner = { deed: "giveRole", asked: { id: 1, role: "viewer", from: "owner" } } as const;
  expect(await ask(owner)).toEqual({ ok: false, problem: "theOwner" });
});
