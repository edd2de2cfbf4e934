/** What somebody must be allowed for each command of the chat. */
import type { Right } from "../../app/team/team.ts";
import type { CommandName } from "../commands.ts";

/** Also what Telegram's menu does not list. */
export type TypedCommand = CommandName | "subscribe" | "unsubscribe" | "stop" | "unsuppress";

export const commandRights: Readonly<Record<TypedCommand, Right>> = {
  new: "act",
  status: "look",
  campaigns: "look",
  who: "look",
  answers: "look",
  pause: "act",
  resume: "act",
  cancel: "act",
  retry: "act",
  change: "act",
  schedule: "act",
  report: "look",
  texts: "look",
  collect: "act",
  leads: "look",
  audiences: "look",
  tag: "act",
  subscribers: "look",
  suppress: "act",
  suppressed: "look",
  history: "look",
  tokens: "own",
  webhooks: "own",
  growth: "look",
  welcome: "act",
  roles: "own",
  sendback: "approve",
  accounts: "look",
  sync: "look",
  backup: "act",
  alerts: "look",
  log: "look",
  language: "look",
  help: "look",
  start: "look",
  subscribe: "look",
  unsubscribe: "look",
  stop: "look",
  unsuppress: "act",
  untag: "act",
};

/** Undefined: it is no command here. */
export function rightOfCommand(command: string): Right | undefined {
  return new Map<string, Right>(Object.entries(commandRights)).get(command);
}
