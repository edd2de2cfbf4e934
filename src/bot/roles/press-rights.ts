/**
 * What somebody must be allowed for each button. By what the button carries, so that an old one, or one that somebody made
 * up, is no way round. A button of a kind that has no rule here can't be pressed by anybody who may not act.
 */
import type { Right } from "../../app/team/team.ts";
import type { CampaignVerb, UncertainAllVerb } from "../views/callback-data.ts";
import { readCampaignPress, readUncertainAllPress, readUncertainPress } from "../views/callback-data.ts";
import { readHistoryPress } from "../views/history/history-page.ts";
import type { LeadVerb } from "../views/leads/lead-data.ts";
import { readLeadPress } from "../views/leads/lead-data.ts";
import type { WhoVerb } from "../views/who/who-choice.ts";
import { readWhoPress } from "../views/who/who-choice.ts";

const campaignRights: Readonly<Record<CampaignVerb, Right>> = {
  open: "look",
  pause: "act",
  resume: "act",
  goOn: "act",
  more: "act",
  first: "act",
  startNow: "act",
  askCancel: "act",
  cancel: "act",
  askEndFollow: "act",
  endFollow: "act",
  retry: "act",
  change: "act",
  again: "act",
  amendPause: "act",
  amendResume: "act",
  amendStop: "act",
  report: "look",
  details: "look",
  results: "act",
  csv: "act",
  json: "act",
  uncertain: "look",
  askCleanup: "act",
  cleanup: "act",
  keep: "act",
};

const uncertainAllRights: Readonly<Record<UncertainAllVerb, Right>> = {
  next: "look",
  look: "look",
  keep: "act",
  allSent: "act",
  askAllAgain: "act",
  allAgain: "act",
  allSkip: "act",
};

const whoRights: Readonly<Record<WhoVerb, Right>> = {
  page: "look",
  block: "act",
  askAllow: "act",
  allow: "act",
  resolve: "act",
  askBack: "act",
  back: "act",
  keep: "act",
  tags: "act",
  export: "act",
  // Nothing brings back what it takes.
  askErase: "own",
  erase: "own",
};

const leadRights: Readonly<Record<LeadVerb, Right>> = {
  open: "look",
  pause: "act",
  resume: "act",
  askCancel: "act",
  cancel: "act",
  export: "act",
  csv: "act",
  xlsx: "act",
  json: "act",
  jsonl: "act",
  askSuppress: "act",
  suppress: "act",
  targets: "look",
  askReset: "act",
  reset: "act",
  keep: "act",
};

/** All other kinds, each with one that there is. */
export const otherKinds: readonly { readonly kind: RegExp; readonly right: Right; readonly one: string }[] = [
  { kind: /^dns:\d/, right: "look", one: "dns:0:" },
  { kind: /^dns:file$/, right: "act", one: "dns:file" },
  { kind: /^language:/, right: "look", one: "language:en" },
  { kind: /^log:/, right: "look", one: "log:all" },
  { kind: /^quiet:/, right: "look", one: "quiet:off" },
  { kind: /^sync:look$/, right: "look", one: "sync:look" },
  { kind: /^sync:/, right: "act", one: "sync:off" },
  { kind: /^go:campaigns$/, right: "look", one: "go:campaigns" },
  { kind: /^go:/, right: "act", one: "go:new" },
  { kind: /^over:/, right: "act", one: "over:new" },
  { kind: /^d:/, right: "act", one: "d:0:0:go" },
  { kind: /^at:/, right: "act", one: "at:aaaaaaaaaa:1:UTC" },
  { kind: /^text:look:/, right: "look", one: "text:look:a" },
  { kind: /^text:/, right: "act", one: "text:delete:a" },
  { kind: /^aud:look:/, right: "look", one: "aud:look:aaaaaaaaaa" },
  { kind: /^aud:/, right: "act", one: "aud:remove:aaaaaaaaaa" },
  { kind: /^wt:/, right: "act", one: "wt:on:aaaaaaaaaa:ali" },
  { kind: /^an:(?:card|who):/, right: "look", one: "an:card:1" },
  { kind: /^an:/, right: "act", one: "an:block:1" },
  { kind: /^ak:/, right: "act", one: "ak:on:x" },
  { kind: /^welcome:/, right: "act", one: "welcome:on:0" },
  { kind: /^growth:/, right: "look", one: "growth:week" },
  { kind: /^hook:/, right: "own", one: "hook:remove:a" },
  { kind: /^token:/, right: "own", one: "token:wipe" },
  { kind: /^a:/, right: "approve", one: "a:ok:aaaaaaaaaa:aaaaaaaaaa" },
  { kind: /^approval:/, right: "own", one: "approval:on" },
  { kind: /^r:/, right: "own", one: "r:viewer:1" },
  { kind: /^leave$/, right: "look", one: "leave" },
];

/** Undefined: a kind that has no rule. */
export function rightOfPress(data: string): Right | undefined {
  const campaign = readCampaignPress(data);
  if (campaign) return campaignRights[campaign.verb];
  const all = readUncertainAllPress(data);
  if (all) return uncertainAllRights[all.verb];
  const who = readWhoPress(data);
  if (who) return whoRights[who.verb];
  const lead = readLeadPress(data);
  if (lead) return leadRights[lead.verb];
  if (readUncertainPress(data)) return "act";
  const history = readHistoryPress(data);
  if (history) return history.page === undefined ? "act" : "look";
  return otherKinds.find(({ kind }) => kind.test(data))?.right;
}
