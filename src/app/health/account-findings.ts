/** What the platforms say of the accounts, as findings of the doctor. */
import type { AccountCheck } from "../../channels/channel.ts";
import type { CheckedAccount } from "./check-accounts.ts";
import type { DoctorWords, Finding } from "./finding.ts";

export interface AccountParts {
  /** Asks the platforms how the accounts fare; what it throws is a finding. */
  readonly accounts?: () => Promise<readonly CheckedAccount[]>;
  readonly words: DoctorWords;
}

/** Where there is nobody to ask, there is nothing to tell. */
export async function accountFindings({ accounts, words }: AccountParts): Promise<Finding[]> {
  try {
    return ((await accounts?.()) ?? []).flatMap(({ channel, account, check }) =>
      check ? [{ check: "accounts", ...wordsOf(`${channel} ${account}`, check, words) }] : [],
    );
  } catch (error) {
    return [{ check: "accounts", level: "wrong", text: words.error(error) }];
  }
}

function wordsOf(account: string, check: AccountCheck, words: DoctorWords): Pick<Finding, "level" | "text"> {
  switch (check.kind) {
    case "well": {
      const limits = check.limits.map(({ name, left, count, resetsAt }) =>
        words.say("cli-doctor-limit", {
          left,
          count,
          name: words.limit(name),
          moment: words.moment(resetsAt),
        }),
      );
      const { unanswered = [] } = check;
      const gaps = unanswered.map(({ why }) => words.say("cli-doctor-unread", { why: words.reason(why) }));
      const isRefused = unanswered.some((one) => one.isRefused);
      const level = isRefused ? "wrong" : unanswered.length > 0 ? "note" : "ok";
      const id = isRefused ? "cli-doctor-account-known" : "cli-doctor-account-well";
      const first = words.say(id, { account, username: check.username });
      return { level, text: words.clauses([first, ...gaps, ...limits]) };
    }
    case "trouble":
      return {
        level: check.trouble === "resting" ? "note" : "wrong",
        text: words.say("cli-doctor-account-trouble", { account, why: words.reason(check.why) }),
      };
    case "unknown":
      return {
        level: check.isRefused ? "wrong" : "note",
        text: words.say("cli-doctor-account-unknown", { account, why: words.reason(check.why) }),
      };
  }
}
