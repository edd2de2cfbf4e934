/** Names that join campaigns in memory, by the very rule that holds for real ones; the first of a campaign are called `p0`, `p1`, … */
import type { AddingNames, GivenNames } from "../../../src/app/campaigns/adding-names.ts";
import { isUnderWay } from "../../../src/domain/campaign-status.ts";
import type { Campaign } from "../../../src/domain/campaign.ts";
import { joinedBy } from "../../../src/domain/joining.ts";
import type { Counts } from "../../../src/domain/recipient.ts";
import { importedTotal } from "../../../src/domain/recipient.ts";
import type { Clock } from "../../../src/lib/clock.ts";

interface Held {
  readonly clock: Clock;
  readonly campaigns: Map<string, Campaign>;
  readonly counts: Map<string, Counts>;
  /** Undefined for a list that is gone. */
  readonly namesOf: (listId: string) => readonly string[] | undefined;
}

export function createFakeAdding({ clock, campaigns, counts, namesOf }: Held): AddingNames {
  const joined = new Map<string, Set<string>>();
  const given = (names: GivenNames): readonly string[] | undefined =>
    "listId" in names ? namesOf(names.listId) : names.rows.map(([name]) => name);
  return {
    async previewNames(id, listId) {
      const [all, stood, campaign] = [namesOf(listId), counts.get(id), campaigns.get(id)];
      if (!all || !stood || !campaign) return undefined;
      const known = all.filter((name) => joined.get(id)?.has(name) ?? /^p\d+$/.test(name)).length;
      const over = isUnderWay(campaign) ? {} : { isOver: true as const };
      const none = { ...over, contactedLately: 0, otherCampaign: 0, missing: [] };
      return { ...none, added: all.length - known, known, suppressed: all.includes("p_out") ? 1 : 0 };
    },
    async *listRows(listId) {
      for (const name of namesOf(listId) ?? []) yield [name];
    },
    async addNames(id, { names, origin, by, statement }) {
      const [campaign, stood] = [campaigns.get(id), counts.get(id)];
      if (!campaign || !stood) return { ok: false, problem: "unknownCampaign" };
      if (!isUnderWay(campaign)) return { ok: false, problem: "over" };
      const all = given(names);
      if (!all) return { ok: false, problem: "noList" };
      const there =
        joined.get(id) ?? new Set(Array.from({ length: importedTotal(stood) }, (_, nth) => `p${nth}`));
      const added = all.filter((name) => !there.has(name));
      for (const name of added) there.add(name);
      joined.set(id, there);
      const list = {
        file: "list-002.jsonl",
        count: added.length,
        columns: [],
        origin,
        importedAt: clock.now(),
      };
      const listId = "listId" in names ? names.listId : "";
      const next = joinedBy(campaign, { list, listId, by, statement, at: clock.now() });
      if (next && added.length > 0) campaigns.set(id, next);
      const planned = stood.planned + added.length;
      counts.set(id, { ...stood, planned });
      return { ok: true, added: added.length, known: all.length - added.length, left: planned };
    },
  };
}
