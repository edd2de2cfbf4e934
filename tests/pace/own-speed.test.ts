/** The speed of a campaign as a whole: what it keeps is said of the campaign, and of no account. */
import { expect, test } from "vitest";
import type { CampaignView } from "../../src/app/app.ts";
import { pauseText } from "../../src/cli/campaigns/campaign-lines.ts";
import type { PauseReason } from "../../src/domain/campaign.ts";
import { pauseSentence } from "../../src/words/pause-sentence.ts";
import { createLexicon } from "../../src/words/words.ts";
import { putCampaign, startProcess } from "../support/engine-bench.ts";
import { createScriptedChannel, yes } from "../support/scripted/scripted-channel.ts";

test("a campaign that has used its own speed up says so, and not that its accounts are at their limit", async () => {
  const accounts = ["one", "two"].map((name) => ({ name, caps: { perDay: 4 } }));
  const channel = createScriptedChannel({ turn: () => yes, accounts: ["one", "two"] });
  const { engine, disk, clock } = startProcess({ channel });
  await engine.start({ ...putCampaign(disk, { names: 4, accounts }), pace: { perDay: 2 } });
  await clock.advance(1000);
  const campaign = disk.campaigns.get("spring")!;
  expect(channel.calls).toHaveLength(2);
  expect(campaign.pause).toMatchObject({
    kind: "noAccount",
    accounts: [{ trouble: "paced" }, { trouble: "paced" }],
  });
  const counts = await (await engine.find("spring"))!.ledger.counts();
  const view: CampaignView = { campaign, counts, imported: 4, ratePerSecond: 0, resting: [] };
  const lexicon = createLexicon({ clock, timeZone: "UTC" });
  for (const words of [lexicon.en, lexicon.fa]) {
    const moment = words.moment(untilOf(campaign.pause));
    expect(pauseSentence(view, words)).toBe(words.say("pause-paced", { moment }));
    expect(pauseText(view, words)).toContain(words.plain("cli-paused-paced", { moment: "" }).slice(0, 20));
  }
  await engine.stop(0);
});

function untilOf(pause: PauseReason | undefined): number {
  return pause?.kind === "noAccount" ? (pause.until ?? 0) : 0;
}
