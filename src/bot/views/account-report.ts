/** How the accounts fare, one after the other. */
import type { AccountReport } from "../../app/health/check-accounts.ts";
import type { Words } from "../../words/words.ts";
import { channelName } from "../../words/channel-name.ts";

const MOST_ACCOUNTS = 20;

/** Says of each account what the platform says of it, what campaigns go by, and what is left of its limits. */
export function accountReport(reports: readonly AccountReport[], words: Words): string {
  if (reports.length === 0) return words.say("accounts-none");
  const shown = reports.slice(0, MOST_ACCOUNTS).map((one) => accountLines(one, words).join("\n"));
  const more = reports.length - shown.length;
  const rest = more > 0 ? [words.say("plan-accounts-more", { count: more })] : [];
  return [words.say("accounts-title"), ...shown, ...rest].join("\n\n");
}

function accountLines(report: AccountReport, words: Words): string[] {
  const { channel, account, check, usedToday: used, limit } = report;
  const limits = check?.kind === "well" ? check.limits : [];
  const named = { account, channel: channelName(channel, words) };
  return [
    limit === undefined
      ? words.say("account-name", { ...named, used })
      : words.say("account-name-of", { ...named, used, limit }),
    ...(report.worker === undefined ? [] : [words.say("account-worker", { worker: report.worker })]),
    ...platformLines(report, words),
    ...healthLines(report, words),
    ...limits.map(({ name, left, count, resetsAt }) =>
      words.say("account-limit", {
        name: words.plain(`limit-${name}`),
        left,
        count,
        moment: words.moment(resetsAt),
      }),
    ),
  ];
}

function platformLines({ check }: AccountReport, words: Words): string[] {
  switch (check?.kind) {
    case "well":
      return [
        words.say("account-well", { username: check.username }),
        ...(check.unanswered ?? []).map(({ why }) => words.say("account-unread", { why: words.reason(why) })),
      ];
    case "trouble":
      return [words.say("account-trouble", { why: words.reason(check.why) })];
    case "unknown":
      return [words.say("account-unknown", { why: words.reason(check.why) })];
    case undefined:
      return [];
  }
}

function healthLines({ account, health }: AccountReport, words: Words): string[] {
  switch (health.kind) {
    case "active":
      return [];
    case "resting":
      return [
        words.say("card-resting", { account, moment: words.moment(health.until) }),
        words.say("account-trouble", { why: words.reason(health.why) }),
      ];
    case "left":
      return [words.say(`card-${health.trouble}`, { account })];
  }
}
