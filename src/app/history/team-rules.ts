import type { About } from "../../domain/history/entry.ts";
import type { Team } from "../team/team.ts";
import type { RulesFor } from "./rule.ts";

const memberOf = (id: number, name?: string): About => ({ people: [name ?? String(id)] });

/** Only the owner decides on the team. */
export const team: RulesFor<Team> = {
  members: "reads",
  needsApproval: "reads",
  roleOf: "reads",
  give: {
    deed: "giveRole",
    needs: "own",
    about: (id, role, name) => ({ ...memberOf(id, name), what: [role] }),
  },
  take: { deed: "takeRole", needs: "own", about: (id) => memberOf(id) },
  requireApproval: {
    deed: (isOn) => (isOn ? "approvalOn" : "approvalOff"),
    needs: "own",
    about: () => ({}),
  },
};
