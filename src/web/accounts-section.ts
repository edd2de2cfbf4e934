import { channelName } from "../words/channel-name.ts";
import type { Words } from "../words/words.ts";
import type { AccountFigures, Figures, Health } from "./figures.ts";
import type { Card, Section, Tone } from "./view.ts";

const tones = {
  active: "good",
  capped: "calm",
  resting: "calm",
  locked: "warn",
  loggedOut: "warn",
} as const satisfies Record<Health, Tone>;

/** How the accounts stand, and until when those rest that do. */
export function accountsSection({ accounts }: Figures, words: Words): Section {
  return {
    key: "accounts",
    title: words.plain("monitor-accounts"),
    ...(accounts.length === 0 ? { empty: words.plain("monitor-no-account") } : {}),
    cards: accounts.map((one) => accountCard(one, words)),
  };
}

function accountCard(figures: AccountFigures, words: Words): Card {
  const { channel, account, health, until, why, usedToday, limit, worker } = figures;
  const lines = [
    limit === undefined
      ? words.plain("monitor-used", { count: usedToday })
      : words.plain("monitor-used-of", { count: usedToday, limit }),
    ...(until === undefined ? [] : [words.plain("monitor-until", { moment: words.moment(until) })]),
    ...(why === undefined ? [] : [words.reason(why)]),
    ...(worker === undefined ? [] : [words.plain("account-worker", { worker })]),
  ];
  return {
    key: `${channel}/${account}`,
    name: account,
    badge: { text: words.plain(`monitor-account-${health}`), tone: tones[health] },
    note: channelName(channel, words),
    lines,
  };
}
