/** How fast it sends at most: each account a minute and an hour, and the campaign as a whole; the day has its own place. */
import type { Caps, Limit } from "../../../../domain/accounts/limits.ts";
import { HOUR_MS, MINUTE_MS, mostIn } from "../../../../domain/accounts/limits.ts";
import { optionLabel } from "../../../views/drafts/options.ts";
import type { View } from "../../../views/view.ts";
import type { Words } from "../../../../words/words.ts";
import type { DraftState } from "../../draft-state.ts";
import type { Talk } from "../../step.ts";
import { exitOf, exits, paragraphs } from "../../step.ts";
import { askNumber } from "./ask-number.ts";
import type { Topic } from "./topic.ts";

/** What a speed is set for. */
export const speeds = ["eachMinute", "eachHour", "allMinute", "allHour", "allDay"] as const;
type Row = (typeof speeds)[number];

const capOf = {
  eachMinute: "perMinute",
  eachHour: "perHour",
  allMinute: "perMinute",
  allHour: "perHour",
  allDay: "perDay",
} as const satisfies Readonly<Record<Row, keyof Caps>>;
const OFFERED: Readonly<Record<keyof Caps, readonly number[]>> = {
  perMinute: [1, 5, 20],
  perHour: [10, 60, 300],
  perDay: [50, 500, 5000],
};
const MOST = 1_000_000;

/** The speed of each account and of the campaign as a whole. */
export const speedTopic: Topic = {
  name: "speed",
  value(state, words) {
    const chosen = speeds.filter((row) => valueOf(state, row) !== undefined);
    const texts = chosen.map((row) => rateText(row, valueOf(state, row) ?? 0, words));
    return texts.length === 0 ? undefined : texts.join(" · ");
  },
  run: askSpeed,
};

function isOfEach(row: Row): boolean {
  return row === "eachMinute" || row === "eachHour";
}

function valueOf({ accountPace = {}, settings: { pace = {} } }: DraftState, row: Row): number | undefined {
  const caps: Caps = isOfEach(row) ? accountPace : pace;
  return caps[capOf[row]];
}

function rateText(row: Row, count: number, words: Words): string {
  return words.plain(`speed-${row}-value`, { count });
}

async function askSpeed(talk: Talk, state: DraftState): Promise<"back" | "cancel"> {
  for (;;) {
    await talk.dialogue.show((words) => speedView(state, words));
    const answer = await talk.dialogue.next();
    const exit = exitOf(answer);
    if (exit) return exit;
    const row = speeds.find((one) => answer.kind === "button" && answer.choice === `speed=${one}`);
    if (row && (await askRow(talk, state, row)) === "cancel") return "cancel";
  }
}

function speedView(state: DraftState, words: Words): View {
  const buttons = speeds.map((row) => {
    const count = valueOf(state, row);
    const value =
      count === undefined ? words.plain("button-limit-none") : words.plain("speed-count", { count });
    return [{ label: optionLabel(words.plain(`speed-${row}`), value), choice: `speed=${row}` }];
  });
  return { text: words.say("ask-speed"), rows: [...buttons, exits(words, "later")] };
}

async function askRow(talk: Talk, state: DraftState, row: Row): Promise<"back" | "cancel"> {
  const published = isOfEach(row) ? publishedMost(state.channel?.publishedLimits ?? [], row) : Infinity;
  const most = Math.min(MOST, published);
  const count = await askNumber(talk, {
    text: (words) =>
      paragraphs(
        words.say("ask-speed-row", { what: words.plain(`speed-${row}`) }),
        published < MOST ? words.say("speed-published", { most }) : undefined,
      ),
    offered: OFFERED[capOf[row]].filter((one) => one <= most),
    label: (some, words) => words.plain("speed-count", { count: some }),
    off: (words) => words.plain("button-limit-none"),
    most,
    now: valueOf(state, row),
  });
  if (count === "back" || count === "cancel") return count;
  put(state, row, count === "off" ? undefined : count);
  return "back";
}

function publishedMost(limits: readonly Limit[], row: Row): number {
  return mostIn(limits, row === "eachMinute" ? MINUTE_MS : HOUR_MS);
}

function put(state: DraftState, row: Row, count: number | undefined): void {
  const { pace, ...others } = state.settings;
  const { [capOf[row]]: _, ...rest }: Caps = (isOfEach(row) ? state.accountPace : pace) ?? {};
  const caps: Caps = { ...rest, ...(count === undefined ? {} : { [capOf[row]]: count }) };
  if (isOfEach(row)) state.accountPace = caps;
  else state.settings = { ...others, ...(Object.keys(caps).length > 0 ? { pace: caps } : {}) };
}
