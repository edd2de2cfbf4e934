/** What `peyk send` says before it sends, whether it is a rehearsal or not. */
import type { Draft, NamedCount, Plan } from "../../app/drafts/draft.ts";
import { languagesOf } from "../../domain/languages/text-in.ts";
import { joined } from "../../words/joined.ts";
import { momentText } from "../../words/moment-text.ts";
import type { Words } from "../../words/words.ts";
import { namesText } from "./status.ts";

type Warned = Pick<Plan, "cost" | "corrected" | "tooLong" | "empty"> & LeftOut & Pick<Plan, "contacted">;
type LeftOut = Pick<Plan, "contactedLately" | "otherCampaign">;

/** What is known before the start and costs money, accounts or the trust of people when it is not. */
export function warningLines(
  plan: Warned,
  { channel, followUps, extras }: Pick<Draft, "channel" | "followUps" | "extras">,
  words: Words,
): string[] {
  const { cost, corrected, tooLong, empty } = plan;
  const price = cost && words.plain("cli-cost", { total: cost.dollars, priced: cost.asOf });
  return [
    price,
    corrected === 0 ? undefined : words.plain("cli-corrected", { count: corrected }),
    leftOutText(plan, words),
    contactedText(plan, words),
    unfitText("tooLong", tooLong, words),
    unfitText("empty", empty, words),
    channel === "x" || channel === "telegram" ? words.plain(`plan-rules-${channel}`) : undefined,
    followUps && languagesOf(extras).length > 0 ? words.plain("follow-up-one-language") : undefined,
  ].filter((line) => line !== undefined);
}

function leftOutText({ contactedLately, otherCampaign }: LeftOut, words: Words): string | undefined {
  const count = contactedLately + otherCampaign;
  return count === 0 ? undefined : words.plain("cli-left-out", { count });
}

/** Nobody gets a second message unnoticed. */
function contactedText({ contacted }: Pick<Plan, "contacted">, words: Words): string | undefined {
  const { count, days, by } = contacted;
  if (count === 0) return undefined;
  const each = by.slice(0, 3).map((one) =>
    words.plain("cli-contacted-by", {
      id: one.campaignId,
      count: one.count,
      moment: momentText(one.lastAt, words),
    }),
  );
  return words.plain("cli-contacted", { count, days, each: joined(each, words, "; ") });
}

function unfitText(
  what: "tooLong" | "empty",
  { count, names }: NamedCount,
  words: Words,
): string | undefined {
  if (count === 0) return undefined;
  const all = [...names, ...Array.from<string>({ length: count - names.length })];
  return words.plain(`cli-unfit-${what}`, { count, names: namesText(all, words, names.length) });
}
