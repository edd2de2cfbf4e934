/** A corrected list given again in the chat, in the running program: what is planned, shown and asked is what is sent. */
import { dirname, join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { textHashOf } from "../../src/channels/simulator/record.ts";
import type { SentenceVariables } from "../../src/words/words.ts";
import { ChatOperator } from "../cli/chat-operator.ts";
import type { Place } from "../cli/peyk-command.ts";
import { createPlace, everybodyAnswers } from "../cli/peyk-command.ts";
import { oneOfToday } from "../support/every-moment.ts";
import { middayZone } from "../support/midday.ts";
import type { Compiled } from "../support/runner/compiled.ts";
import { compile } from "../support/runner/compiled.ts";
import type { RunningProgram } from "../support/running-program.ts";
import { freePort, startProgram } from "../support/running-program.ts";
import { arrived } from "./chat.ts";

let program: Compiled;
beforeAll(async () => {
  program = await compile("main.ts");
});

const id = "spring";
const before = "username,name,city\nali_1,Ali,Rasht\nsara_2,Sarra,Yazd\nreza_3,Reza,Qom\nnima_4,Nima,Ahvaz";

const hashes = (texts: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, textHashOf(text)]));

describe.each(oneOfToday(["en", "fa"] as const))("a list given again in the chat, in %s", (locale) => {
  let place: Place;
  let running: RunningProgram;
  let operator: ChatOperator;

  const begin = async (): Promise<void> => {
    running = await startProgram(program, {
      ...place.settings,
      WEB_PORT: String(await freePort()),
      TIME_ZONE: middayZone(),
      LOG_LEVEL: "silent",
    });
    operator = new ChatOperator(running.pageUrl, locale);
  };
  const said = (name: string, variables: SentenceVariables = {}): string =>
    arrived(operator.words.say(name, variables));

  /** One of the four has the message, and the account has had its fill for the day. */
  beforeEach(async () => {
    const people = { ...everybodyAnswers, accounts: [{ name: "one" }] };
    place = await createPlace({ path: join(dirname(program.path), "peyk-cli.js") }, people);
    await place.write("people.csv", before);
    const words = `send --list people.csv --channel simulator --task-id ${id} --max-per-account 1`.split(" ");
    await place.peyk(...words, "--message", "Hi {{name}} of {{city}}");
    await begin();
  });
  afterEach(async () => {
    await running.kill();
    await place[Symbol.asyncDispose]();
  });

  const received = async (): Promise<Record<string, string>> => {
    const deliveries = await place.received();
    return Object.fromEntries(deliveries.map(({ username, textHash }) => [username, textHash]));
  };
  const arrives = async (texts: Record<string, string>): Promise<void> => {
    const count = Object.keys(texts).length;
    await expect.poll(async () => Object.keys(await received()).length).toBe(count);
    expect(await received()).toEqual(hashes(texts));
  };

  /** To the plan of an addition; answers what it says. */
  const giveAgain = async (list: string, after?: "cancelled"): Promise<string> => {
    await operator.looksAhead();
    await operator.write(`/new ${id}`);
    if (after) await operator.press("button-begin-anew");
    await operator.press("button-same-campaign");
    await operator.seesText(said("ask-recipients", { id }).split("\n")[0] ?? "");
    await operator.write(list);
    await operator.press("button-continue");
    const change = operator.words.plain("button-change-message");
    const shown = await operator.sees(({ reply_markup: markup }) =>
      (markup?.inline_keyboard ?? []).flat().some(({ text }) => text === change),
    );
    return shown.text ?? "";
  };
  const raiseLimits = async (): Promise<void> => {
    await operator.press("button-change-accounts");
    await operator.press("button-continue");
  };

  test("names without a column of the text can't be started with; then plan, preview, question and what arrives agree", async () => {
    const lacking = await giveAgain("username,name\nsara_2,Sara\nmina_5,Mina");
    expect(lacking).toContain("{{city}}");
    const buttons = await operator.sees(({ text = "" }) => text.includes("{{city}}"));
    const labels = (buttons.reply_markup?.inline_keyboard ?? []).flat().map(({ text }) => text);
    expect(labels).not.toContain(operator.words.plain("button-continue"));
    await operator.write("/cancel");
    await operator.seesText(said("dialogue-cancelled"));
    expect(await received()).toEqual(hashes({ ali_1: "Hi Ali of Rasht" }));

    const plan = await giveAgain(
      "username,name,city\nsara_2,Sara,Yazd\nreza_3,Reza K.,Qom\nali_1,Aly,Rasht\nmina_5,Mina,Bam",
      "cancelled",
    );
    expect(plan).toContain(said("addition-title", { id, count: 1 }));
    expect(plan).toContain(said("plan-corrected", { count: 2 }));
    await raiseLimits();
    await operator.press("button-limit-none");
    await operator.press("button-continue");
    for (const text of ["Hi Sara of Yazd", "Hi Reza K. of Qom"]) await operator.seesText(text);
    await operator.press("button-continue");
    await operator.seesText(said("confirm-corrected", { count: 2 }));
    await operator.press("button-start");
    await operator.seesText(said("started-added", { id, added: 1, corrected: 2 }));
    await arrives({
      ali_1: "Hi Ali of Rasht",
      sara_2: "Hi Sara of Yazd",
      reza_3: "Hi Reza K. of Qom",
      nima_4: "Hi Nima of Ahvaz",
      mina_5: "Hi Mina of Bam",
    });
  });

  test("a blank cell is a value and a missing column is none, also over a kill and a stop before the last tap", async () => {
    const plan = await giveAgain("username,name\nsara_2,Sara\nreza_3,\nali_1,Aly");
    expect(plan).toContain(said("addition-title", { id, count: 0 }));
    expect(plan).toContain(said("plan-corrected", { count: 2 }));
    await raiseLimits();
    await operator.press("button-limit-none");
    await operator.press("button-continue");
    await operator.seesText("Hi Sara of Yazd");
    await running.kill();
    expect(await received()).toEqual(hashes({ ali_1: "Hi Ali of Rasht" }));
    await begin();
    await operator.press("button-continue");
    await operator.seesText(said("confirm-corrected", { count: 2 }));
    await running.stop();
    await begin();
    await operator.press("button-start");
    await operator.seesText(said("started-added", { id, added: 0, corrected: 2 }));
    await arrives({
      ali_1: "Hi Ali of Rasht",
      sara_2: "Hi Sara of Yazd",
      reza_3: "Hi  of Qom",
      nima_4: "Hi Nima of Ahvaz",
    });
  });
});
