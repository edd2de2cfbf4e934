/**
 * What an operator may set of a campaign beside its text, list and accounts. Each setting is a type of its own beside this
 * file and is absent unless somebody asked for it: then the campaign runs as if there were no such thing.
 */
import type { Caps } from "../accounts/limits.ts";
import type { FollowUp } from "./follow-up.ts";
import type { GuardRails } from "./guard-rails.ts";
import type { SendWindow } from "../when/send-window.ts";
import type { TryFirst } from "./try-first.ts";

export interface CampaignSettings {
  /** It writes to so many first, then waits for a word; absent: to everybody in one go. */
  readonly tryFirst?: TryFirst;
  /** It pauses by itself when people take it badly; absent: it does not, as in campaigns of an older version. */
  readonly guardRails?: GuardRails;
  /** How fast it sends at most, through all its accounts together; absent: as fast as they may. */
  readonly pace?: Caps;
  /** From 1; it goes before the campaigns with a lower one that share its accounts. Absent: 0. */
  readonly priority?: number;
  /** It pauses before it costs more, in US dollars; absent: no such cap. */
  readonly spendCap?: number;
  /** Nothing is sent outside it; absent: at any time. */
  readonly sendWindow?: SendWindow;
  /** Further texts to whoever does not answer, in their order; absent: none. */
  readonly followUps?: readonly FollowUp[];
}

/** How each setting is taken out of what has it: the compiler refuses this file when one is missing. */
const taken: Readonly<Record<keyof CampaignSettings, (from: CampaignSettings) => CampaignSettings>> = {
  tryFirst: ({ tryFirst }) => (tryFirst ? { tryFirst } : {}),
  guardRails: ({ guardRails }) => (guardRails ? { guardRails } : {}),
  pace: ({ pace }) => (pace ? { pace } : {}),
  priority: ({ priority }) => (priority === undefined ? {} : { priority }),
  spendCap: ({ spendCap }) => (spendCap === undefined ? {} : { spendCap }),
  sendWindow: ({ sendWindow }) => (sendWindow ? { sendWindow } : {}),
  followUps: ({ followUps }) => (followUps ? { followUps } : {}),
};

/** The settings alone, of whatever has them. */
export function settingsOf(from: CampaignSettings): CampaignSettings {
  return Object.values(taken).reduce((found, take) => ({ ...found, ...take(from) }), {});
}

/** All settings by name: the compiler refuses this file when one is missing. */
const named: { readonly [S in keyof CampaignSettings]-?: S } = {
  tryFirst: "tryFirst",
  guardRails: "guardRails",
  pace: "pace",
  priority: "priority",
  spendCap: "spendCap",
  sendWindow: "sendWindow",
  followUps: "followUps",
};

/** The names of all settings. */
export const settingNames: readonly (keyof CampaignSettings)[] = Object.values(named);
