/** A welcome in memory: it is begun and turned, and nobody joins by itself. */
import { checkMessage } from "../../../src/app/drafts/check-message.ts";
import type { ChannelChoice } from "../../../src/app/drafts/draft.ts";
import type { Welcome } from "../../../src/app/welcome/welcome.ts";
import type { Campaign } from "../../../src/domain/campaign.ts";
import { WELCOME_COLUMNS } from "../../../src/domain/people/newcomers.ts";
import type { Counts } from "../../../src/domain/recipient.ts";
import { turned } from "../../../src/domain/standing.ts";

interface Parts {
  readonly now: () => number;
  readonly campaigns: ReadonlyMap<string, Campaign>;
  readonly countsOf: (id: string) => Counts;
  readonly put: (id: string, campaign: Partial<Campaign>) => void;
  readonly channels: () => readonly ChannelChoice[];
}

export function createFakeWelcome({ now, campaigns, countsOf, put, channels }: Parts): Welcome {
  const standing = () => [...campaigns.values()].find((one) => one.standing && one.status !== "cancelled");
  return {
    async look() {
      const campaign = standing();
      return campaign && { campaign, counts: countsOf(campaign.id), isOn: !campaign.standing?.isOff };
    },
    async begin({ message, extras, operatorId }) {
      if (standing()) return { ok: false, problem: "exists" };
      const channel = channels().find(({ name }) => name === "telegram");
      if (!channel) return { ok: false, problem: "noTelegram" };
      const problems = checkMessage(message, WELCOME_COLUMNS, { channel, ...(extras ? { extras } : {}) });
      if (problems.length > 0) return { ok: false, problem: "message", problems };
      const by = operatorId === undefined ? {} : { createdBy: operatorId };
      const at = now();
      put("welcome", {
        ...by,
        message,
        channel: "telegram",
        standing: { kind: "welcome", since: at, turnedAt: at },
      });
      return { ok: true, id: "welcome" };
    },
    async turn(isOn) {
      const campaign = standing();
      if (!campaign?.standing) return "none";
      const next = turned(campaign.standing, isOn, now());
      if (next) put(campaign.id, { standing: next });
      return next ? "turned" : "nothingToDo";
    },
  };
}
