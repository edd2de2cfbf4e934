/**
 * What a role lacks can't be done by it: tried for every command and every kind of button there is, typed, pressed, old or
 * made up. Who may what is said in rights/who-may.ts, and who-may.test.ts beside it goes through all of it.
 */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { deedsIn } from "../../src/domain/history/entry.ts";
import type { Role } from "../../src/domain/roles/role.ts";
import type { ResultRow } from "../../src/app/campaigns/results-file.ts";
import { rightOfPress } from "../../src/bot/roles/press-rights.ts";
import type { SentenceVariables } from "../../src/words/words.ts";
import { oneOfToday, someOfToday } from "../support/every-moment.ts";
import type { BotBench } from "./bot-bench.ts";
import { openBench } from "./bot-bench.ts";
import { Chat, OPERATOR, SECOND_OPERATOR, STRANGER, arrived, labelsOf, textOf } from "./chat.ts";
import type { Person, WhoMay } from "./rights/who-may.ts";
import { dataOf, everybody, pressing, typing } from "./rights/who-may.ts";

describe.each(["en", "fa"] as const)("roles in %s", (locale) => {
  let bench: BotBench;
  let owner: Chat;
  const said = (id: string, variables: SentenceVariables = {}): string =>
    arrived(bench.words.say(id, variables));
  const roleWord = (role: Role): string => bench.words.plain(`role-${role}`);

  beforeEach(async () => {
    bench = await openBench({ locale });
    owner = new Chat(bench);
    bench.app.put("spring", { planned: 5, sent: 2, uncertain: 1 }, { status: "running" });
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  /** Somebody who is that. */
  async function somebody(who: Person): Promise<number> {
    if (who === "owner") return OPERATOR;
    if (who === "subscriber") await bench.app.subscribers.subscribe({ id: STRANGER, firstName: "Nima" });
    else if (who !== "stranger") await bench.app.team.give(STRANGER, who);
    return STRANGER;
  }

  // The rules don't know the language; the sentences do.
  test.each(locale === "en" ? everybody : oneOfToday(everybody))(
    "%s: can do nothing by commands and buttons that is not theirs",
    async (who) => {
      const id = await somebody(who);
      const before = deedsIn(await bench.history.entries()).length;
      const isIn = who !== "stranger" && who !== "subscriber";
      // All of them are tried where the rules are; here some, each day others, all the way through the bot.
      const notTheirs = (table: WhoMay) =>
        someOfToday(
          [...table].flatMap(([line, all]) => (all.has(who) ? [] : [line])),
          8,
        );
      const chat = new Chat(bench, id);
      const role = isIn ? roleWord(who) : "";
      for (const line of notTheirs(typing))
        if (isIn) await chat.say(`${line} spring`, said("role-cannot", { role }));
        else bench.world.sendText(id, `${line} spring`);
      const tried = notTheirs(pressing);
      // One after another: whoever presses everything at once is told to wait.
      const answers: { readonly text?: string }[] = [];
      for (const line of tried) answers.push(await bench.world.press(id, 1, dataOf(line)));
      const no = isIn ? said("role-cannot-press", { role }) : said("stranger");
      expect(answers.map(({ text = "" }) => arrived(text))).toEqual(tried.map(() => no));
      if (!isIn || !typing.get("/pause")?.has(who))
        expect(deedsIn(await bench.history.entries())).toHaveLength(before);
      expect((await bench.app.view("spring"))?.campaign.status).toBe("running");
      expect(await bench.app.subscribers.isSubscribed(STRANGER)).toBe(who === "subscriber");
    },
  );

  test("shows nobody a command or a button that their role does not allow", async () => {
    const menuOf = (id: number): readonly string[] =>
      bench.world
        .calls()
        .filter(
          ({ method, payload }) => method === "setMyCommands" && JSON.stringify(payload).includes(String(id)),
        )
        .map(({ payload }) => JSON.stringify(payload))
        .slice(-1);
    await owner.say("/roles", said("roles-title"));
    await owner.say(
      `/roles ${SECOND_OPERATOR} ${roleWord("viewer")}`,
      said("roles-given", { name: "Reza", role: roleWord("viewer") }).slice(-8),
    );
    const viewer = new Chat(bench, SECOND_OPERATOR);
    expect(menuOf(SECOND_OPERATOR)[0]).not.toContain("pause");
    expect(menuOf(SECOND_OPERATOR)[0]).toContain("status");
    const card = await viewer.say("/status", "spring");
    const datas = (card.reply_markup?.inline_keyboard ?? [])
      .flat()
      .flatMap((one) => ("callback_data" in one ? [one.callback_data] : []));
    expect(datas.map(rightOfPress)).toEqual(datas.map(() => "look"));
    expect(datas.length).toBeGreaterThan(2);
    // A report is a picture for whoever may take no names out.
    await viewer.say("/report spring", "spring");
    expect(bench.world.calls().filter(({ method }) => method === "sendDocument")).toEqual([]);
    const help = textOf(await viewer.say("/help", "/status"));
    expect(help).not.toMatch(/\/(pause|new|suppress|roles)\b/);
    expect(labelsOf(await owner.say("/status", "spring"))).toContain(bench.words.plain("button-pause"));
  });

  test("a role given by id, by name or by a forwarded message is told, and one that is taken holds at once, in a dialogue too", async () => {
    await owner.say(`/roles ${STRANGER} operator`, said("roles-untold"));
    const given = new Chat(bench, STRANGER);
    await given.say("/new", said("ask-name"));
    await owner.say("/roles", said("roles-title"));
    await owner.press(bench.words.plain("button-role-of", { name: "Nima", role: roleWord("operator") }));
    await owner.finds(said("roles-has", { name: "Nima", role: roleWord("operator") }));
    await owner.press(bench.words.plain("button-role-none"));
    await owner.finds(said("roles-taken", { name: "Nima" }));
    await given.sees(said("role-lost"));
    await given.say("spring_2", said("stranger"));
    const kinds = deedsIn(await bench.history.entries()).map(({ deed }) => deed);
    expect(kinds).toEqual(["giveRole", "takeRole"]);
    await owner.say(`/roles ${OPERATOR} viewer`, said("roles-theOwner"));
    await owner.say("/roles nobody viewer", said("roles-who"));
    // As a number it would be another person's id than was typed.
    await owner.say("/roles 9999999999999999 viewer", said("roles-who"));
    await owner.say(`/roles ${STRANGER} king`, said("roles-which", { given: "king" }));
  });
});

async function* rowsOf(names: readonly string[]): AsyncGenerator<ResultRow> {
  for (const [ordinal, username] of names.entries())
    yield { ordinal, username, variables: {}, state: "planned", attempts: 0 };
}

describe.each(["en", "fa"] as const)("a second pair of eyes in %s", (locale) => {
  test("shows who may approve what, refuses one's own and what was changed since, and sends back with a reason", async () => {
    await using bench = await openBench({ locale });
    const { words } = bench;
    const said = (id: string, variables: SentenceVariables = {}): string => arrived(words.say(id, variables));
    const [owner, reza] = [new Chat(bench), new Chat(bench, SECOND_OPERATOR)];
    await owner.say("/roles", said("approval-is-off"));
    await owner.press(words.plain("button-approval-on"));
    await owner.finds(said("approval-is-on"));
    await bench.app.team.give(SECOND_OPERATOR, "approver");
    const waiting = {
      status: "paused",
      pause: { kind: "approval" },
      approval: {},
      createdBy: OPERATOR,
    } as const;
    bench.app.put("spring", { planned: 3 }, waiting);
    const own = await owner.say("/status", said("pause-approval"));
    expect(labelsOf(own)).not.toContain(words.plain("button-resume"));
    expect(await owner.pressOn(own, words.plain("button-approve"))).toBe(words.plain("approval-own"));
    const theirs = await reza.say("/status", "spring");
    const [approve = "", back = ""] = labelsOf(theirs);
    const list = { file: "list-1", count: 3, columns: [], origin: "guests.csv", importedAt: 1 };
    const attachment = { kind: "document", file: "price.pdf", name: "prices.pdf" } as const;
    const followUps = [{ afterDays: 3, message: "Still there?" }];
    const other = { message: "Another", lists: [list], extras: { attachment }, followUps };
    bench.app.put("spring", { planned: 3 }, { ...waiting, ...other });
    bench.app.results = async () => rowsOf(["ali", "babak", "zari"]);
    const answer = await reza.pressOn(theirs, approve);
    expect(answer).toMatch(locale === "fa" ? /تغییر/ : /تغییر|changed/);
    const now = await reza.say("/status", "spring");
    for (const part of ["Another", "guests.csv", "Still there?", "simulated"])
      expect(textOf(now)).toContain(part);
    await reza.pressOn(now, back);
    await reza.say("/sendback spring too long", "spring");
    await owner.sees("too long");
    expect(textOf(await owner.say("/status", "spring"))).toContain("too long");
    // Before it is approved all of it is one press away, the file as it goes out, with the same two buttons under it.
    const last = await reza.say("/status", "spring");
    await reza.pressOn(last, labelsOf(last).find((label) => label.startsWith("🔎")) ?? "");
    const all = await reza.sees("zari");
    const parts = ["Another", "Still there?", "prices.pdf", "guests.csv", "ali", "zari", "simulated"];
    for (const part of parts) expect(textOf(all)).toContain(part);
    const files = bench.world.calls().filter(({ method }) => method === "sendDocument");
    expect(files).toHaveLength(1);
    await reza.pressOn(all, approve);
    expect((await bench.app.view("spring"))?.campaign.status).toBe("running");
    const kinds = deedsIn(await bench.history.entries()).map(({ deed, ended }) => `${deed} ${ended?.end}`);
    expect(kinds).toEqual(["approvalOn done", "approve refused", "sendBack done", "approve done"]);
  });
});
