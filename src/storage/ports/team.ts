/** Where it is kept who of the team has which role. */
import type { TeamState } from "../../domain/roles/role.ts";

export interface TeamStore {
  read(): Promise<TeamState>;
  /** Puts what `change` makes of it in its place; undefined leaves it. Resolves when it is on disk, with how it is then. */
  change(change: (from: TeamState) => TeamState | undefined): Promise<TeamState>;
}
