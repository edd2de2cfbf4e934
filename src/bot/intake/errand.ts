/** What an update is about, as far as its turn depends on it. Pure; what it does is decided where it is handled. */
import type { Update } from "grammy/types";
import { readCampaignPress } from "../views/callback-data.ts";
import { readLeadPress } from "../views/leads/lead-data.ts";
import { commandIn } from "./command.ts";
import type { DepartureFacts } from "./departure.ts";
import { departureIn } from "./departure.ts";

export interface Errand {
  /** Updates of one chat are handled in order, those of different chats side by side. */
  readonly chat: string;
  /** `now`: at receipt, before whatever else of its chat waits. */
  readonly turn: "now" | "inTurn";
  /** Whose it is: of operators a few are in hand at a time, and everybody else may come at once. */
  readonly from: "operator" | "public";
  /** Ends a subscription; what the same person asked for before has no effect any more. */
  readonly departs: boolean;
  /** What it means for a dialogue; `none`: it works whether one is open or not. */
  readonly dialogue: "none" | "opens" | "goesOn" | "leaves";
  /** Only of a press on a dialogue's own button: which dialogue. */
  readonly mark?: string;
}

/** Commands of an operator that bind at receipt. */
const AT_RECEIPT: ReadonlySet<string> = new Set(["pause", "resume"]);
const OPENING: ReadonlySet<string> = new Set(["new", "collect"]);

/** Presses on a campaign's or a list's button that bind at receipt, and the questions before them. */
const STEERING: ReadonlySet<string> = new Set(["pause", "resume", "more", "cancel", "askCancel", "keep"]);

/** What only others know. */
export interface ErrandFacts extends DepartureFacts {
  isCampaign(this: void, id: string): boolean;
}

/** What an operator's `/cancel` names, in case it is a campaign. */
export function cancelledIn(update: Update): string | undefined {
  if (commandIn(update) !== "cancel") return undefined;
  return /^\S+\s+(\S+)\s*$/.exec(update.message?.text ?? "")?.[1];
}

/** Reads an update's errand. Of what people do who are no operators, only leaving waits for nothing. */
export function errandOf(update: Update, facts: ErrandFacts): Errand {
  const { isOperator, isCampaign } = facts;
  const said = update.message ?? update.edited_message ?? update.callback_query ?? update.my_chat_member;
  const place =
    update.message ?? update.edited_message ?? update.my_chat_member ?? update.callback_query?.message;
  const chat = `${place?.chat.id ?? 0}:${said?.from?.id ?? 0}`;
  const isOperators = said?.from !== undefined && isOperator(said.from.id) && place?.chat.type === "private";
  const departs = departureIn(update, facts) !== undefined;
  const of = { chat, from: isOperators ? "operator" : "public", departs } as const;
  if (departs) return { ...of, turn: "now", dialogue: "none" };
  if (!isOperators || update.my_chat_member || update.edited_message)
    return { ...of, turn: "inTurn", dialogue: "none" };
  const data = update.callback_query?.data;
  if (update.callback_query) return { ...of, ...errandOfPress(data ?? "") };
  const command = commandIn(update);
  const named = cancelledIn(update);
  // A campaign that is named is meant, whatever else is open.
  if (named !== undefined && isCampaign(named)) return { ...of, turn: "now", dialogue: "none" };
  return { ...of, ...errandOfCommand(command) };
}

type Meaning = Pick<Errand, "turn" | "dialogue" | "mark">;

function errandOfCommand(command: string | undefined): Meaning {
  if (command === undefined) return { turn: "inTurn", dialogue: "goesOn" };
  if (command === "cancel") return { turn: "now", dialogue: "leaves" };
  if (OPENING.has(command)) return { turn: "inTurn", dialogue: "opens" };
  return { turn: AT_RECEIPT.has(command) ? "now" : "inTurn", dialogue: "none" };
}

function errandOfPress(data: string): Meaning {
  const verb = (readCampaignPress(data) ?? readLeadPress(data))?.verb;
  if (verb !== undefined) return { turn: STEERING.has(verb) ? "now" : "inTurn", dialogue: "none" };
  if (/^(?:go|over):(?!campaigns$|stay$)/.test(data)) return { turn: "inTurn", dialogue: "opens" };
  const [, mark, choice] = /^d:([0-9a-z]+):\d+:(.*)$/s.exec(data) ?? [];
  if (mark !== undefined && choice === "cancel") return { turn: "now", dialogue: "leaves", mark };
  if (/^(?:u|v|w|h|a|r|approval|dns|language|log|quiet|sync|go):/.test(data))
    return { turn: "inTurn", dialogue: "none" };
  return { turn: "inTurn", dialogue: "goesOn", ...(mark === undefined ? {} : { mark }) };
}
