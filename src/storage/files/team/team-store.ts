/**
 * The team in `data/team.json`. A file that can't be understood is an error, and nobody is let in by it: to begin anew would
 * give back what was taken.
 */
import type { TeamState } from "../../../domain/roles/role.ts";
import { openDocument } from "../../../lib/files/document.ts";
import { noTeam, teamIn, teamSchema } from "../../ports/documents/team.ts";
import { BrokenDocumentError, readDocument } from "../../../lib/files/stored-document.ts";
import { TroubledError } from "../../../lib/trouble.ts";
import type { TeamStore } from "../../ports/team.ts";

export const TEAM_FILE = "team.json";

/** What was decided, beside whoever decides. @throws {BrokenDocumentError} naming path and problem */
export async function readTeam(path: string): Promise<TeamState> {
  return (await readDocument(path, { version: 1, schema: teamSchema })) ?? noTeam;
}

/** @throws {TroubledError} that says what is wrong with the file, and what to do */
export async function openTeamStore(path: string, beforeWrite?: () => void): Promise<TeamStore> {
  const document = await openDocument(path, {
    version: 1,
    schema: teamSchema,
    initial: noTeam,
    ...(beforeWrite ? { beforeWrite } : {}),
  }).catch((error: unknown) => {
    if (!(error instanceof BrokenDocumentError)) throw error;
    const [, what] = error.flaw;
    throw new TroubledError(error.message, { code: "team", with: { path, what } });
  });
  return teamIn(document);
}
