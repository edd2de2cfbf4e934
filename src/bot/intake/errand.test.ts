import fc from "fast-check";
import type { Update } from "grammy/types";
import { expect, test } from "vitest";
import { createStopTest, defaultStopWords } from "../../domain/people/stop-words.ts";
import { LEAVE_PRESS } from "../../domain/people/leave-press.ts";
import { departureIn } from "./departure.ts";
import { campaignChoice } from "../views/callback-data.ts";
import { leadChoice } from "../views/leads/lead-data.ts";
import { commandIn } from "./command.ts";
import type { ErrandFacts } from "./errand.ts";
import { errandOf } from "./errand.ts";

const OPERATOR = 1;
const facts: ErrandFacts = {
  isOperator: (id) => id === OPERATOR,
  isCampaign: (id) => id === "spring",
  isStop: createStopTest(defaultStopWords),
};

function said(text: string, extra: object = {}, from = OPERATOR): Update {
  const chat = { id: from, type: "private" as const, first_name: "Sara" };
  return {
    update_id: 1,
    message: { message_id: 1, date: 0, chat, from: { ...chat, is_bot: false }, text, ...extra },
  };
}

function pressed(data: string, from = OPERATOR): Update {
  const { message } = said("card", {}, from);
  if (!message) throw new Error("no message");
  return { update_id: 1, callback_query: { id: "1", from: message.from, chat_instance: "1", message, data } };
}

const turnOf = (update: Update): string => {
  const { turn, dialogue } = errandOf(update, facts);
  return `${turn} ${dialogue}`;
};

test.each([
  ["/pause", "now none"],
  ["/Pause spring", "now none"],
  ["/resume@peyk_bot", "now none"],
  ["/stop", "now none"],
  ["/unsubscribe", "now none"],
  ["/cancel", "now leaves"],
  ["/cancel spring", "now none"],
  ["/cancel nothing", "now leaves"],
  ["/new spring", "inTurn opens"],
  ["/collect", "inTurn opens"],
  ["/status", "inTurn none"],
  ["/weather", "inTurn none"],
  ["ali_one", "inTurn goesOn"],
  ["/pause/now", "inTurn goesOn"],
  ["please /pause", "inTurn goesOn"],
])("what an operator writes, %s, has the turn %s", (text, turn) => {
  expect(turnOf(said(text))).toBe(turn);
});

test("whoever presses the button to leave leaves at receipt, an operator too, and nobody does in a group", () => {
  for (const from of [OPERATOR, 5]) {
    expect(errandOf(pressed(LEAVE_PRESS, from), facts)).toMatchObject({ departs: true, turn: "now" });
    expect(departureIn(pressed(LEAVE_PRESS, from), facts)).toEqual({ person: from, how: "stopped" });
    expect(departureIn(pressed("leaves", from), facts)).toBeUndefined();
  }
  const { callback_query: press } = pressed(LEAVE_PRESS, 5);
  const group = { message_id: 1, date: 0, chat: { id: -1, type: "group", title: "Friends" } } as const;
  const inGroup = press && { ...press, message: group };
  expect(inGroup && departureIn({ update_id: 1, callback_query: inGroup }, facts)).toBeUndefined();
});

test("what steers a campaign or a list by a button binds at receipt, what shows something waits its turn", () => {
  for (const verb of ["pause", "resume", "cancel", "askCancel"] as const) {
    expect(turnOf(pressed(campaignChoice(verb, "spring", 5)))).toBe("now none");
    expect(turnOf(pressed(leadChoice(verb, "coffee")))).toBe("now none");
  }
  for (const verb of ["results", "open", "uncertain"] as const)
    expect(turnOf(pressed(campaignChoice(verb, "spring")))).toBe("inTurn none");
  expect(errandOf(pressed("d:zz:3:cancel"), facts)).toMatchObject({
    turn: "now",
    dialogue: "leaves",
    mark: "zz",
  });
  expect(turnOf(pressed("d:zz:3:go"))).toBe("inTurn goesOn");
  for (const data of ["go:new", "over:collect"]) expect(turnOf(pressed(data))).toBe("inTurn opens");
  for (const data of ["go:campaigns", "log:all", "sync:off"])
    expect(turnOf(pressed(data))).toBe("inTurn none");
});

const errandIn = (update: Update): string => {
  const { from, turn, dialogue, departs } = errandOf(update, facts);
  return `${from} ${turn} ${dialogue}${departs ? " departs" : ""}`;
};

test("people who are no operators steer nothing", () => {
  for (const text of [
    "/pause",
    "/new",
    "/cancel",
    "hello",
    "/start",
    "Stop by our shop on your way home now",
  ])
    expect(errandIn(said(text, {}, 7))).toBe("public inTurn none");
  expect(errandIn(pressed(campaignChoice("pause", "spring"), 7))).toBe("public inTurn none");
});

test.each([
  "/stop",
  "/STOP@peyk_bot",
  "/stop and please never write to me here again",
  "/unsubscribe",
  "stop",
  "Stop!!!",
  "🛑 STOP 🛑",
  "stop🙏",
  "لغو",
  "«لغو»",
  "لغو عضويت.",
  "ل\u200dغو",
])("leaves at receipt with %j, also below a picture and in somebody else's words", (text) => {
  const leaves = "public now none departs";
  expect(errandIn(said(text, {}, 7))).toBe(leaves);
  expect(errandIn(said("", { text: undefined, caption: text }, 7))).toBe(leaves);
  const origin = { type: "hidden_user", sender_user_name: "x", date: 0 };
  expect(errandIn(said(text, { forward_origin: origin }, 7))).toBe(leaves);
});

test("an operator leaves by their own command only", () => {
  expect(errandIn(said("/stop"))).toBe("operator now none departs");
  expect(errandIn(said("stop"))).toBe("operator inTurn goesOn");
  const origin = { type: "hidden_user", sender_user_name: "x", date: 0 };
  expect(errandIn(said("/stop", { forward_origin: origin }))).toBe("operator inTurn goesOn");
});

function member(status: string, type = "private", id = 7): Update {
  const changed = { chat: { id, type }, from: { id }, date: 0, new_chat_member: { status } };
  return JSON.parse(JSON.stringify({ update_id: 1, my_chat_member: changed }));
}

test("whoever blocks the bot leaves at receipt; an administrator who takes it out of a group does not", () => {
  expect(errandIn(member("kicked"))).toBe("public now none departs");
  expect(errandIn(member("kicked", "private", OPERATOR))).toBe("operator now none departs");
  expect(errandIn(member("member"))).toBe("public inTurn none");
  expect(errandIn(member("kicked", "group"))).toBe("public inTurn none");
  expect(errandIn(said("/stop", { chat: { id: -5, type: "group", title: "us" } }, 7))).toBe(
    "public inTurn none",
  );
});

test("an operator in a group is nobody", () => {
  const chat = { id: -5, type: "group", title: "us" };
  expect(turnOf(said("/new", { chat }))).toBe("inTurn none");
});

test("a forwarded command is somebody else's word", () => {
  const origin = { type: "hidden_user", sender_user_name: "x", date: 0 };
  expect(commandIn(said("/cancel", { forward_origin: origin }))).toBeUndefined();
  expect(turnOf(said("/cancel", { forward_origin: origin }))).toBe("inTurn goesOn");
});

test("whatever Telegram sends has an errand, and chats are told apart", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.integer(), (text, id) => {
      for (const update of [said(text), pressed(text), { update_id: id }])
        expect(errandOf(update, facts).chat).toMatch(/^-?\d+:-?\d+$/);
    }),
  );
  expect(errandOf(said("a", {}, 7), facts).chat).not.toBe(errandOf(said("a", {}, 8), facts).chat);
});
