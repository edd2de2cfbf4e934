/** What every store of the team must do. */
import { expect, test } from "vitest";
import { openTeam } from "../../src/app/team/team.ts";
import type { TeamStore } from "../../src/storage/ports/team.ts";

/** @param open Opens it anew each time, on what was kept before; the first time it is empty */
export function teamContract(begin: () => Promise<() => Promise<TeamStore>>): void {
  test("keeps who was given and who lost which role, for the next one who opens it", async () => {
    const open = await begin();
    const clock = { now: () => 7 };
    const team = await openTeam({ team: await open(), operatorIds: [1, 2], clock });
    expect([1, 2, 3].map((id) => team.roleOf(id))).toEqual(["owner", "operator", undefined]);
    expect(await team.give(3, "viewer", "Nima")).toEqual({ ok: true });
    expect(await team.give(3, "viewer")).toEqual({ ok: false, problem: "same" });
    expect(await team.take(2)).toEqual({ ok: true });
    expect(await team.take(1)).toEqual({ ok: false, problem: "theOwner" });
    expect(await team.give(3, "approver", "Nima")).toEqual({ ok: true });
    expect(await team.requireApproval(true)).toBe(true);
    const later = await openTeam({ team: await open(), operatorIds: [1, 2], clock });
    expect(later.members()).toEqual([
      { id: 1, role: "owner" },
      { id: 3, role: "approver", name: "Nima" },
    ]);
    expect([later.roleOf(2), later.needsApproval()]).toEqual([undefined, true]);
  });
}
