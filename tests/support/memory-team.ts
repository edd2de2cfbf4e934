/** The team in memory. */
import type { TeamState } from "../../src/domain/roles/role.ts";
import type { TeamStore } from "../../src/storage/ports/team.ts";

export function createMemoryTeam(): TeamStore {
  let state: TeamState = { members: [], needsApproval: false };
  return {
    read: async () => state,
    change: async (change) => (state = change(state) ?? state),
  };
}
