/** Schedule and send window in the chat, in both languages: told in full before they are taken, moved, started, refused. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { optionLabel } from "../../src/bot/views/drafts/options.ts";
import type { SentenceVariables, Words } from "../../src/words/words.ts";
import { fullMoment, windowText, workingDaysText } from "../../src/words/when-words.ts";
import { weekdays } from "../../src/domain/when/wall-clock.ts";
import type { BotBench } from "./bot-bench.ts";
import { openBench } from "./bot-bench.ts";
import { Chat, arrived, labelsOf } from "./chat.ts";

const TASK = "task_20260101_000000";
const DAY = 86_400_000;
/** A whole minute three days ahead. */
const LATER = Math.floor(Date.now() / 60_000) * 60_000 + 3 * DAY;

describe.each(["en", "fa"] as const)("when a campaign sends, in %s", (locale) => {
  let bench: BotBench;
  let chat: Chat;
  let words: Words;
  const label = (id: string, variables: Record<string, string | number> = {}): string =>
    words.plain(id, variables);
  const said = (id: string, variables: SentenceVariables = {}): string =>
    arrived(words.say(id, variables)).split("\n")[0] ?? "";
  const full = (at: number): string => arrived(fullMoment(at, "UTC", words));

  beforeEach(async () => {
    bench = await openBench({ locale });
    ({ words } = bench);
    chat = new Chat(bench);
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  const openOptions = async (): Promise<void> => {
    await chat.say("/start", said("welcome"));
    await chat.pressFor(label("button-new"), said("ask-name"));
    await chat.pressFor(label("button-generate"), TASK);
    await chat.say(
      "ali_one\nsara_two",
      said("report-counts", { read: 2, valid: 2, duplicates: 0, invalid: 0 }),
    );
    await chat.pressFor(label("button-continue"), said("ask-message", { max: 1000 }));
    await chat.say("Hello", said("plan-title", { id: TASK }));
    await chat.press(label("button-more-options"));
    await chat.finds(said("options-title", { id: TASK }));
  };
  const begin = async (button: string, seen: string): Promise<void> => {
    await chat.press(label("button-back"));
    await chat.finds(said("plan-title", { id: TASK }));
    await chat.pressFor(label("button-continue"), said("preview-title"));
    await chat.pressFor(label("button-continue"), said("ask-consent"));
    await chat.pressFor(
      label("button-consent-simulated"),
      said("confirm-start", { id: "", count: 2, channel: "", consent: "" }),
    );
    await chat.pressFor(label(button), seen);
  };

  test("a start is typed, told in full, taken, and the campaign is scheduled", async () => {
    await openOptions();
    await chat.press(optionLabel(label("topic-start"), label("topic-start-off")));
    await chat.finds(said("ask-start"));
    await chat.say(locale === "fa" ? "فردا" : "tomorrow", label("moment-problem-noTime"));
    await chat.say(
      locale === "fa" ? "دیروز ۹" : "yesterday 9",
      label("moment-problem-past", { moment: "" }).slice(0, 10),
    );
    await chat.say(
      locale === "fa" ? "پس‌فردا ساعت نه و نیم" : "day after tomorrow, half past nine",
      label("moment-choice-halfDay"),
    );
    // Another moment, written instead of a tap, is the one that is meant.
    await chat.say(full(LATER), said("moment-right", { moment: fullMoment(LATER, "UTC", words) }));
    await chat.press(label("button-moment-right"));
    await chat.finds(said("options-title", { id: TASK }));
    await begin("button-schedule", said("started", { id: TASK }));
    expect(bench.app.started[0]?.draft).toMatchObject({ startAt: { at: LATER, timeZone: "UTC" } });
  });

  test("a window is tapped or typed, told with its time zone, and asked about where it is not clear", async () => {
    await openOptions();
    const row = optionLabel(label("topic-send-window"), label("topic-send-window-off"));
    await chat.press(row);
    await chat.finds(said("ask-send-window"));
    await chat.say("9-6", label("window-problem-halfDay", { text: "9-6" }).slice(-20));
    const ten = { timeZone: "UTC", hours: [{ days: weekdays, from: 600, to: 720 }] };
    // UTC is no place, so the language of the words decides, and it is said.
    const workingDays = locale === "fa" ? ([1, 2, 3, 6, 7] as const) : ([1, 2, 3, 4, 5] as const);
    const echo = await chat.say(
      locale === "fa" ? "روزهای کاری ۹ تا ۱۷" : "weekdays 9-17",
      arrived(windowText({ timeZone: "UTC", hours: [{ days: workingDays, from: 540, to: 1020 }] }, words)),
    );
    expect(arrived(echo.text ?? "")).toContain(arrived(workingDaysText(workingDays, "UTC", words)));
    await chat.say("10-12", arrived(windowText(ten, words)));
    await chat.press(label("button-back"));
    await chat.finds(said("ask-send-window"));
    const window = { timeZone: "UTC", hours: [{ days: weekdays, from: 540, to: 1260 }] };
    await chat.press(label("window-daytime"));
    await chat.finds(arrived(windowText(window, words)));
    await chat.press(label("button-window-right"));
    await chat.finds(said("options-title", { id: TASK }));
    await begin("button-start", said("started", { id: TASK }));
    expect(bench.app.started[0]?.draft).toMatchObject({ sendWindow: window });
  });

  test("the card of a scheduled campaign tells when, and lets it be moved, started at once or cancelled", async () => {
    const schedule = { at: LATER, timeZone: "UTC", by: "1001", setAt: 0 };
    bench.app.put("spring", { planned: 2 }, { status: "scheduled", schedule });
    await chat.say("/schedule", full(LATER));
    const card = await chat.sees(said("card-scheduled", { id: "spring" }));
    expect(labelsOf(card)).toEqual(
      expect.arrayContaining([
        label("button-start-now"),
        label("button-move-start"),
        label("button-cancel-campaign"),
      ]),
    );
    await chat.pressFor(label("button-move-start"), said("ask-start"));
    await chat.say(
      full(LATER + DAY),
      said("moment-right", { moment: fullMoment(LATER + DAY, "UTC", words) }),
    );
    await chat.pressFor(
      label("button-moment-right"),
      said("started-scheduled", { id: "spring", moment: "" }).slice(0, 12),
    );
    const stored = async () => (await bench.app.campaigns())[0];
    expect((await stored())?.schedule).toMatchObject({ at: LATER + DAY, by: "1001" });
    await chat.sees(full(LATER + DAY));
    // Typed after the command: told in full, taken by its button, refused when it is over, asked for whom when several wait.
    const typed = LATER + 2 * DAY;
    await chat.say(
      `/schedule spring ${full(typed)}`,
      said("move-start-right", { id: "spring", moment: fullMoment(typed, "UTC", words) }),
    );
    await chat.pressFor(
      label("button-moment-right"),
      said("started-scheduled", { id: "spring", moment: "" }).slice(0, 12),
    );
    expect((await stored())?.schedule).toMatchObject({ at: typed, timeZone: "UTC", by: "1001" });
    await chat.say("/schedule yesterday 9", label("moment-problem-past", { moment: "" }).slice(0, 10));
    await chat.say(
      "/schedule half past nine am or so",
      label("moment-problem-notUnderstood", { text: "" }).slice(0, 10),
    );
    bench.app.put("autumn", { planned: 2 }, { status: "scheduled", schedule });
    await chat.say("/schedule tomorrow 9", said("which-schedule-typed", { id: "", moment: "" }).slice(0, 20));
    await chat.say("/schedule spring", full(typed));
    await chat.press(label("button-start-now"));
    await chat.finds(said("card-running", { id: "spring" }));
    expect((await stored())?.status).toBe("running");
  });

  test("a start that was missed is asked about, and nothing is sent by itself", async () => {
    const pause = { kind: "missedStart" as const, due: LATER - 10 * DAY };
    bench.app.put("spring", { planned: 2 }, { status: "paused", pause });
    const moment = words.moment(pause.due);
    const card = await chat.say("/status", said("pause-missed", { moment }).slice(0, 20));
    expect(labelsOf(card)).toContain(label("button-start-now"));
    expect(labelsOf(card)).not.toContain(label("button-resume"));
  });
});
