/** Any setting of "More options", changed from the card by the very step that a new campaign has for it. */
import type { CampaignView } from "../../../../app/app.ts";
import type { Caps } from "../../../../domain/accounts/limits.ts";
import type { Campaign } from "../../../../domain/campaign.ts";
import type { CampaignSettings } from "../../../../domain/settings/settings.ts";
import { fewMore } from "../../../../domain/settings/try-first.ts";
import { draftOf } from "../../../conversations/draft-state.ts";
import type { Talk } from "../../../conversations/step.ts";
import type { Topic } from "../../../conversations/steps/options/topic.ts";
import type { ChangeTopic, TopicEnd, Topical } from "./topic.ts";
import { noteOf } from "./text.ts";

/** @param name Of the row; the topic's own has hyphens, which a button's data can't have here */
export function settingTopic(
  name: string,
  setting: keyof CampaignSettings,
  topic: Topic,
  isFor?: ChangeTopic["isFor"],
): ChangeTopic {
  return {
    name,
    ...(isFor ? { isFor } : {}),
    value: (view, words) =>
      topic.value(draftOf(view.campaign), words) ?? words.plain(`topic-${topic.name}-off`),
    run: (talk, about) => changeSetting(talk, about, { setting, topic }),
  };
}

const paces = ["perMinute", "perHour"] as const;
type Pace = Pick<Caps, (typeof paces)[number]>;

/** Every account with the speeds that were set anew; what was not touched stays each account's own. */
function accountsAt(accounts: Campaign["accounts"], before: Pace, after: Pace): Campaign["accounts"] {
  const touched = paces.filter((cap) => before[cap] !== after[cap]);
  return accounts.map(({ name, caps }) => {
    const next: { -readonly [C in keyof Caps]: Caps[C] } = { ...caps };
    for (const cap of touched) {
      delete next[cap];
      const value = after[cap];
      if (value !== undefined) next[cap] = value;
    }
    return { name, caps: next };
  });
}

interface Of {
  readonly setting: keyof CampaignSettings;
  readonly topic: Topic;
}

async function changeSetting(
  talk: Talk,
  { campaignId: id }: Topical,
  { setting, topic }: Of,
): Promise<TopicEnd> {
  const { dialogue, parts } = talk;
  const view = await dialogue.perform(() => parts.app.view(id).then((found) => found ?? null));
  if (!view) return { kind: "done", note: (words) => words.say("unknown-campaign") };
  const state = draftOf(view.campaign);
  const [before, paceBefore] = [JSON.stringify(state.settings[setting]), { ...state.accountPace }];
  const turn = await topic.run(talk, state);
  const accounts = accountsAt(view.campaign.accounts, paceBefore, { ...state.accountPace });
  const isSamePace = JSON.stringify(accounts) === JSON.stringify(view.campaign.accounts);
  const isSame = JSON.stringify(state.settings[setting]) === before;
  if (turn === "cancel" || (isSame && isSamePace)) return { kind: turn };
  const wanted = forRunning(state.settings, view);
  const settings = {
    ...(isSame ? {} : { [setting]: wanted[setting] ?? null }),
    ...(isSamePace ? {} : { accounts }),
  };
  const result = await dialogue.perform(async (context) => {
    const by = String(context.operatorId);
    const seen = view.campaign;
    return context.work.handOver(() => parts.app.change(id, { settings, by, seen }));
  });
  return { kind: "done", note: noteOf(result, id) };
}

/** The first few of a campaign that wrote to some already are as many beside those. */
function forRunning(settings: CampaignSettings, { counts }: CampaignView): CampaignSettings {
  const { tryFirst } = settings;
  return tryFirst ? { ...settings, tryFirst: fewMore(tryFirst, counts) } : settings;
}
