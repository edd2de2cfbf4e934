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

/** All other kinds; the first that fits counts. */
export const otherKinds: readonly { readonly kind: RegExp; readonly right: Right }[] = [
  { kind: /^dns:\d/, right: "look" },
  { kind: /^dns:file$/, right: "act" },
  { kind: /^language:/, right: "look" },
  { kind: /^log:/, right: "look" },
  { kind: /^quiet:/, right: "look" },
  { kind: /^sync:look$/, right: "look" },
  { kind: /^sync:/, right: "act" },
  { kind: /^go:campaigns$/, right: "look" },
  { kind: /^go:/, right: "act" },
  { kind: /^over:/, right: "act" },
  { kind: /^d:/, right: "act" },
  { kind: /^at:/, right: "act" },
  { kind: /^text:look:/, right: "look" },
  { kind: /^text:/, right: "act" },
  { kind: /^aud:look:/, right: "look" },
  { kind: /^aud:/, right: "act" },
  { kind: /^wt:/, right: "act" },
  { kind: /^an:(?:card|who):/, right: "look" },
  { kind: /^an:/, right: "act" },
  { kind: /^as:/, right: "act" },
  { kind: /^ak:/, right: "act" },
  { kind: /^welcome:/, right: "act" },
  { kind: /^growth:/, right: "look" },
  { kind: /^hook:/, right: "own" },
  { kind: /^token:/, right: "own" },
  { kind: /^a:/, right: "approve" },
  { kind: /^approval:/, right: "own" },
  { kind: /^r:/, right: "own" },
  { kind: /^leave$/, right: "look" },
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
