/** Who of the team has which role, as one document: what it must look like, and the store that it makes. */
import { z } from "zod";
import type { TeamState } from "../../../domain/roles/role.ts";
import { givenRoles } from "../../../domain/roles/role.ts";
import type { TeamStore } from "../team.ts";
import type { KeptDocument } from "./kept-document.ts";

export const teamSchema: z.ZodType<TeamState> = z.object({
  members: z.array(
    z.object({
      id: z.int(),
      role: z.enum([...givenRoles, "none"]),
      name: z.string().exactOptional(),
      at: z.number(),
    }),
  ),
  needsApproval: z.boolean(),
});

/** Nobody beside the operators of the settings. */
export const noTeam: TeamState = { members: [], needsApproval: false };

/** The store that is a document. */
export function teamIn(document: KeptDocument<TeamState>): TeamStore {
  return {
    read: () => document.read(),
    change: async (change) => (await document.update(change)) ?? document.read(),
  };
}
