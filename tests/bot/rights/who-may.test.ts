/**
 * The rules of who may do what, held to a person's reading of it (who-may.ts): every command, every kind of button and every
 * deed, for everybody. What is in one and not in the other fails.
 */
import type { Update } from "grammy/types";
import { expect, test } from "vitest";
import { rules } from "../../../src/app/history/rules.ts";
import { commandRights } from "../../../src/bot/roles/command-rights.ts";
import { fittingButtons } from "../../../src/bot/roles/fitting-buttons.ts";
import { otherKinds } from "../../../src/bot/roles/press-rights.ts";
import { rightFor } from "../../../src/bot/roles/role-gate.ts";
import type { Right, Role } from "../../../src/domain/roles/role.ts";
import { may, roles } from "../../../src/domain/roles/role.ts";
import { kindsOfPress, sourcesOfTheChat } from "./kinds-of-press.ts";
import type { WhoMay } from "./who-may.ts";
import { dataOf, doing, everybody, pressing, typing } from "./who-may.ts";

/** Everybody behind the door; who has no role doesn't come through it. */
const team = everybody.filter((one): one is Role => roles.some((role) => role === one));

/** The table as the rules would have it, to be compared with what it is. */
const byRules = (table: WhoMay, rightOf: (line: string) => Right | undefined) =>
  [...table].map(([line]) => {
    const right = rightOf(line);
    return [line, team.filter((role) => right !== undefined && may(role, right))];
  });

const asWritten = (table: WhoMay) =>
  [...table].map(([line, who]) => [line, team.filter((role) => who.has(role))]);

const message = { message_id: 1, date: 1, chat: { id: 1, type: "private", first_name: "Sara" } } as const;
const from = { id: 1, is_bot: false, first_name: "Sara" };
const typed = (text: string): Update => ({ update_id: 1, message: { ...message, from, text } });
const pressed = (data: string): Update => ({
  update_id: 1,
  callback_query: { id: "1", from, chat_instance: "1", data },
});

test("what is typed is asked of the right that a person would ask for", () => {
  expect(byRules(typing, (line) => rightFor(typed(line)))).toEqual(asWritten(typing));
  expect(byRules(typing, (line) => rightFor(typed(`${line.toUpperCase()}@Peyk_bot x`)))).toEqual(
    asWritten(typing),
  );
  const heard = [...sourcesOfTheChat.matchAll(/\.command\(\s*(\[[^\]]*\]|"\w+")/g)]
    .flatMap(([, names = ""]) => [...names.matchAll(/"(\w+)"/g)].map(([, name = ""]) => `/${name}`))
    .concat(Object.keys(commandRights).map((name) => `/${name}`));
  const lines = new Set(typing.keys());
  expect(heard.filter((name) => !lines.has(name))).toEqual([]);
  expect([...lines].filter((line) => !heard.includes(line))).toEqual(["/no_command", "any words"]);
});

test("what is pressed is asked of the right that a person would ask for, and so is what is shown", async () => {
  expect(byRules(pressing, (line) => rightFor(pressed(dataOf(line))))).toEqual(asWritten(pressing));
  for (const role of team) expect(await shownTo(role)).toEqual(asSeenBy(role));
});

test("every kind of button has its line, and every line and every rule a button", () => {
  const lines = [...pressing.keys()];
  expect([...kindsOfPress].length).toBeGreaterThan(100);
  expect([...kindsOfPress].filter((kind) => !lines.some((line) => line.startsWith(kind)))).toEqual([]);
  expect(lines.filter((line) => !isKnown(line))).toEqual(["leave", "of:another:age"]);
  const ruled = otherKinds.filter(({ kind }) => !lines.some((line) => kind.test(dataOf(line))));
  expect(ruled).toEqual([]);
});

const isKnown = (line: string): boolean => [...kindsOfPress].some((kind) => line.startsWith(kind));

test("what is done at last is asked of the same right, whatever way it came", () => {
  const needs = new Map(needsIn(rules));
  expect([...needs.keys()].toSorted()).toEqual([...doing.keys()].toSorted());
  expect(byRules(doing, (deed) => needs.get(deed))).toEqual(asWritten(doing));
});

test("nobody without a role may anything by it", () => {
  const strangers = [typing, pressing, doing].flatMap((table) =>
    [...table].filter(([, who]) => who.has("stranger") || who.has("subscriber")).map(([line]) => line),
  );
  // What the bot's public side answers, to whoever has a role as well.
  expect(strangers).toEqual(["/start", "/stop", "/unsubscribe", "/language", "leave"]);
  expect((["look", "act", "approve", "own"] as const).filter((right) => may(undefined, right))).toEqual([]);
});

function needsIn(ruled: object, before = ""): readonly (readonly [string, Right])[] {
  return Object.entries(ruled).flatMap(([name, rule]: [string, string | { readonly needs?: Right }]) => {
    if (typeof rule === "string") return [];
    return "deed" in rule
      ? [[`${before}${name}`, rule.needs ?? "act"] as const]
      : needsIn(rule, `${before}${name}.`);
  });
}

/** What of all buttons is left in a message to somebody of that role. */
async function shownTo(role: Role): Promise<readonly string[]> {
  const rows = [...pressing.keys()].map((line) => [{ text: line, callback_data: dataOf(line) }]);
  const payload = { chat_id: 1, text: "Hi", reply_markup: { inline_keyboard: rows } };
  const sent = fittingButtons((_, right) => may(role, right))(nowhere, "sendMessage", payload);
  await expect(sent).rejects.toThrow("nowhere");
  return payload.reply_markup.inline_keyboard.flat().map(({ text }) => text);
}

const nowhere = (): Promise<never> => Promise.reject(new Error("nowhere"));

function asSeenBy(role: Role): readonly string[] {
  return [...pressing].filter(([, who]) => who.has(role)).map(([line]) => line);
}
