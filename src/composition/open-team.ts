import type { Team } from "../app/team/team.ts";
import { openTeam } from "../app/team/team.ts";
import { asIfApproved } from "../domain/approval.ts";
import type { Clock } from "../lib/clock.ts";
import type { CampaignStore } from "../storage/ports/campaigns.ts";
import type { TeamStore } from "../storage/ports/team.ts";

/** Opens the team. Where campaigns need an approval, all of them do, also those that a kill kept from being told. */
export async function teamOf(
  { operatorIds = [] }: { readonly operatorIds?: readonly number[] },
  { teamStore, campaigns }: { readonly teamStore: TeamStore; readonly campaigns: CampaignStore },
  clock: Pick<Clock, "now">,
): Promise<Team> {
  const team = await openTeam({ team: teamStore, operatorIds, clock });
  if (!team.needsApproval()) return team;
  for (const { id } of await campaigns.all())
    await campaigns.change(id, (one) => asIfApproved(one, clock.now()));
  return team;
}
