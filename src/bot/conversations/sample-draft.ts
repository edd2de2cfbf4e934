/** A campaign that needs no preparation: the sample list, a ready message, every account, and a limit that suffices today. */
import type { App } from "../../app/app.ts";
import type { SampleList } from "../bot-parts.ts";
import type { Words } from "../../words/words.ts";
import { chooseChannel, draftFrom, emptyDraft, limitThatSuffices } from "./draft-state.ts";
import type { DraftState } from "./draft-state.ts";

/** Fills a draft with the sample; undefined when there is nothing simulated to send through or the list gives no names. */
export async function sampleDraft(
  app: App,
  sample: SampleList,
  words: Words,
): Promise<DraftState | undefined> {
  const channel = (await app.channels()).find((one) => !one.reachesPeople && one.accounts.length > 0);
  if (!channel) return undefined;
  const id = await app.newCampaignId();
  const source = { kind: "file", path: sample.listPath, name: sample.listName } as const;
  const report = await app.importList({ source, campaignId: id });
  if (report.kind === "problem") return undefined;
  const { listId, origin, columns, valid } = report;
  const state: DraftState = {
    ...emptyDraft(),
    id,
    list: { listId, origin, columns, valid },
    message: words.plain("sample-message"),
  };
  chooseChannel(state, channel);
  state.limit = await limitForToday(app, state);
  return state;
}

async function limitForToday(app: App, state: DraftState): Promise<DraftState["limit"]> {
  const { toSend, accounts } = await app.plan(draftFrom(state));
  const room = accounts.reduce(
    (sum, { caps, usedToday }) => sum + Math.max(0, (caps.perDay ?? Infinity) - usedToday),
    0,
  );
  if (room >= toSend) return "own";
  return limitThatSuffices(
    toSend,
    accounts.map((account) => account.usedToday),
  );
}
