/** Changing campaigns in memory, by the very rules that hold for real ones. */
import type { BesideText, DraftExtras } from "../../../src/app/drafts/draft-extras.ts";
import type { Changing } from "../../../src/app/campaigns/changing.ts";
import type { Campaign, CampaignExtras } from "../../../src/domain/campaign.ts";
import { changedBy, isOtherwiseThan } from "../../../src/domain/campaign-change.ts";
import { revisionNumber } from "../../../src/domain/revision.ts";
import type { Counts } from "../../../src/domain/recipient.ts";
import type { Clock } from "../../../src/lib/clock.ts";

interface Held {
  readonly clock: Clock;
  readonly campaigns: Map<string, Campaign>;
  readonly countsOf: (id: string) => Counts;
}

/** An upload gets a name among the campaign's files; its own file keeps it. */
function adopted({ translations, ...main }: DraftExtras = {}): CampaignExtras {
  const texts = translations?.map(({ extras, ...text }) => ({
    ...text,
    ...(extras ? { extras: adoptedText(extras) } : {}),
  }));
  return { ...adoptedText(main), ...(texts ? { translations: texts } : {}) };
}

function adoptedText({ attachment, ...beside }: BesideText): Omit<CampaignExtras, "translations"> {
  if (!attachment) return beside;
  const { kind, name, file = "adopted" } = attachment;
  return { ...beside, attachment: { kind, name, file } };
}

export function createFakeChanging({ clock, campaigns, countsOf }: Held): Changing {
  return {
    async change(id, { message, settings, by, revision, seen }) {
      const campaign = campaigns.get(id);
      if (!campaign) return { ok: false, problem: "unknownCampaign" };
      if (campaign.status !== "running" && campaign.status !== "paused")
        return { ok: false, problem: "over" };
      if (revision !== undefined && revision !== (campaign.revision ?? 0))
        return { ok: false, problem: "changed" };
      const extras = adopted(message?.extras);
      const text = message && { text: message.text, ...(Object.keys(extras).length > 0 ? { extras } : {}) };
      const wanted = { ...(text ? { message: text } : {}), ...(settings ? { settings } : {}) };
      const changed = changedBy(campaign, wanted, { by, at: clock.now() });
      if (!changed) return { ok: false, problem: "same" };
      if (seen && isOtherwiseThan(seen, campaign, wanted)) return { ok: false, problem: "changed" };
      campaigns.set(id, changed);
      return { ok: true, revision: revisionNumber(changed.revision), left: countsOf(id).planned };
    },
    async previewChange(id, { text }) {
      if (!campaigns.has(id)) return undefined;
      const { planned, claimed, sent, uncertain } = countsOf(id);
      return { previews: [{ username: "ali", text }], left: planned, had: claimed + sent + uncertain };
    },
  };
}
