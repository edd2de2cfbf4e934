/**
 * What a role lacks can't be done by it: tried for every command and every kind of button there is, typed, pressed, old or
 * made up. A command or a kind without a rule fails here.
 */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { deedsIn } from "../../src/domain/history/entry.ts";
import type { Right, Role } from "../../src/domain/roles/role.ts";
import { may, roles } from "../../src/domain/roles/role.ts";
import { commandRights } from "../../src/bot/roles/command-rights.ts";
import { otherKinds, rightOfPress } from "../../src/bot/roles/press-rights.ts";
import {
  campaignChoice,
  campaignVerbs,
  uncertainAllChoice,
  uncertainAllVerbs,
  uncertainChoice,
  uncertainVerbs,
} from "../../src/bot/views/callback-data.ts";
import { historyChoice } from "../../src/bot/views/history/history-page.ts";
import { leadChoice, leadVerbs } from "../../src/bot/views/leads/lead-data.ts";
import { whoChoice, whoVerbs } from "../../src/bot/views/who/who-choice.ts";
import type { SentenceVariables } from "../../src/words/words.ts";
import { oneOfToday } from "../support/every-moment.ts";
import type { BotBench } from "./bot-bench.ts";
import {
  Chat,
  OPERATOR,
  SECOND_OPERATOR,
  STRANGER,
  arrived,
  labelsOf,
  openBench,
  textOf,
} from "./bot-bench.ts";

/** A button of every kind that there is, with what it is made with in the program. */
const presses: readonly string[] = [
  ...campaignVerbs.map((verb) => campaignChoice(verb, "spring", 0)),
  ...uncertainVerbs.map((verb) => uncertainChoice(verb, "spring", "ali", 0)),
  ...uncertainAllVerbs.map((verb) => uncertainAllChoice(verb, "spring", "aaaaaaaaaa", 0)),
  ...whoVerbs.map((verb) => whoChoice(verb, "ali", 0, 0)),
  ...leadVerbs.map((verb) => leadChoice(verb, "tea")),
  historyChoice({ kind: "all" }, 0),
  "h:file:",
  ...otherKinds.map(({ one }) => one),
];

const sources = readdirSync(join(import.meta.dirname, "../../src/bot"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
  .map((name) => readFileSync(join(import.meta.dirname, "../../src/bot", name), "utf8"))
  .join("\n");

test("every command that the chat hears has a rule", () => {
  const heard = [...sources.matchAll(/\.command\(\s*(\[[^\]]*\]|"\w+")/g)].flatMap(([, names = ""]) =>
    [...names.matchAll(/"(\w+)"/g)].map(([, name = ""]) => name),
  );
  expect(heard.length).toBeGreaterThan(25);
  expect(heard.filter((name) => !Object.hasOwn(commandRights, name))).toEqual([]);
});

test("every kind of button has a rule", () => {
  expect(presses.filter((data) => rightOfPress(data) === undefined)).toEqual([]);
  // What the code makes buttons with: a word and a colon behind the quote that opens it.
  const kinds = [
    ...sources.matchAll(/(?:choice:|CHOICE = |_PRESS = |return) *(?:`|"|\/\^)([a-z]{1,9}):/g),
  ].map(([, kind = ""]) => kind);
  expect(new Set(kinds).size).toBeGreaterThan(7);
  const known = new Set(presses.map((data) => data.split(":")[0]));
  expect([...new Set(kinds)].filter((kind) => !known.has(kind))).toEqual([]);
});

test("whatever takes a file out is no viewer's", () => {
  const files = presses.filter((data) => /file|csv|json|results|export/.test(data));
  expect(files.length).toBeGreaterThan(5);
  expect(files.filter((data) => rightOfPress(data) === "look")).toEqual([]);
});

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

  /** Somebody with that role; the stranger has none. */
  async function somebody(role: Role | "stranger"): Promise<number> {
    if (role === "owner") return OPERATOR;
    if (role === "operator") await bench.app.team.give(STRANGER, "operator");
    else if (role !== "stranger") await bench.app.team.give(STRANGER, role);
    return STRANGER;
  }

  // The rules don't know the language; the sentences do, for one role a day.
  const everybody = ["stranger", ...roles] as const;
  test.each(locale === "en" ? everybody : oneOfToday(everybody))(
    "a %s can do by commands and buttons what the role allows, and nothing else",
    async (role) => {
      const id = await somebody(role);
      const before = deedsIn(await bench.history.entries()).length;
      const allows = (right: Right): boolean => role !== "stranger" && may(role, right);
      const chat = new Chat(bench, id);
      const refused = role === "stranger" ? said("stranger") : said("role-cannot", { role: roleWord(role) });
      for (const [command, right] of Object.entries(commandRights)) {
        if (allows(right) || (role === "stranger" && ["start", "stop"].includes(command))) continue;
        if (role === "stranger") bench.world.sendText(id, `/${command} spring`);
        else await chat.say(`/${command} spring`, refused);
      }
      const tried = presses.filter((data) => data !== "leave" && !allows(rightOfPress(data) ?? "own"));
      // One after another: whoever presses everything at once is told to wait.
      const answers: { readonly text?: string }[] = [];
      for (const data of tried) answers.push(await bench.world.press(id, 1, data));
      const no = role === "stranger" ? said("stranger") : said("role-cannot-press", { role: roleWord(role) });
      expect(answers.map(({ text = "" }) => arrived(text))).toEqual(tried.map(() => no));
      // Whatever is written may be an answer in a dialogue.
      if (role === "viewer" || role === "approver") await chat.say("@ali @sara", refused);
      if (!allows("act")) expect(deedsIn(await bench.history.entries())).toHaveLength(before);
      const status = (await bench.app.view("spring"))?.campaign.status;
      expect(status).toBe("running");
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
    await owner.say(`/roles ${STRANGER} king`, said("roles-which", { given: "king" }));
  });
});

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
    bench.app.put("spring", { planned: 3 }, { ...waiting, message: "Another" });
    const answer = await reza.pressOn(theirs, approve);
    expect(answer).toMatch(locale === "fa" ? /تغییر/ : /تغییر|changed/);
    const now = await reza.say("/status", "spring");
    await reza.pressOn(now, back);
    await reza.say("/sendback spring too long", "spring");
    await owner.sees("too long");
    expect(textOf(await owner.say("/status", "spring"))).toContain("too long");
    // Before it is approved its text, list and limits are one press away, with the same two buttons under them.
    const last = await reza.say("/status", "spring");
    await reza.pressOn(last, labelsOf(last).find((label) => label.startsWith("🔎")) ?? "");
    await reza.pressOn(await reza.sees("Another"), approve);
    expect((await bench.app.view("spring"))?.campaign.status).toBe("running");
    const kinds = deedsIn(await bench.history.entries()).map(({ deed, ended }) => `${deed} ${ended?.end}`);
    expect(kinds).toEqual(["approvalOn done", "approve refused", "sendBack done", "approve done"]);
  });
});
