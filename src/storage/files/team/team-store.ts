/**
 * The team in `data/team.json`. A file that can't be understood is an error, and nobody is let in by it: to begin anew would
 * give back what was taken.
 */
import { z } from "zod";
import type { TeamState } from "../../../domain/roles/role.ts";
import { givenRoles } from "../../../domain/roles/role.ts";
import { openDocument } from "../../../lib/files/document.ts";
import type { TeamStore } from "../../ports/team.ts";

export const TEAM_FILE = "team.json";

const schema: z.ZodType<TeamState> = z.object({
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

/** @throws {BrokenDocumentError} naming path and problem */
export async function openTeamStore(path: string, beforeWrite?: () => void): Promise<TeamStore> {
  const initial: TeamState = { members: [], needsApproval: false };
  const document = await openDocument(path, {
    version: 1,
    schema,
    initial,
    ...(beforeWrite ? { beforeWrite } : {}),
  });
  return {
    read: async () => document.get(),
    change: async (change) => (await document.update(change)) ?? document.get(),
  };
}
