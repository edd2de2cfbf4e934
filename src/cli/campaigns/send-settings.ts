/** What `peyk send` sets of a campaign beside its text, list and accounts. */
import type { ChannelChoice } from "../../app/drafts/draft.ts";
import type { Caps } from "../../domain/accounts/limits.ts";
import type { CampaignSettings } from "../../domain/settings/settings.ts";
import { firstFew } from "../../domain/settings/try-first.ts";
import { SaidError } from "../../words/said-error.ts";
import type { Words } from "../../words/words.ts";

export interface SettingOptions {
  readonly tryFirst?: number;
  readonly priority?: number;
  /** Through all accounts together. */
  readonly perMinute?: number;
  readonly perHour?: number;
  readonly perDay?: number;
  /** US dollars. */
  readonly spendCap?: number;
  /** False: `--no-guard-rails`. */
  readonly guardRails?: boolean;
}

interface Asked {
  readonly channel: Pick<ChannelChoice, "name" | "isCharged">;
  readonly words: Pick<Words, "plain">;
}

/**
 * The settings that were asked for; all others stay as they are, or as is usual.
 * @throws {SaidError} for a cap on what costs nothing: it would never hold anything
 */
export function settingsIn(options: SettingOptions, { channel, words }: Asked): CampaignSettings {
  const { tryFirst, priority, spendCap, guardRails, perMinute, perHour, perDay } = options;
  if (spendCap !== undefined && channel.isCharged !== true)
    throw new SaidError(words.plain("cli-no-spend", { channel: channel.name }));
  const pace: Caps = {
    ...(perMinute === undefined ? {} : { perMinute }),
    ...(perHour === undefined ? {} : { perHour }),
    ...(perDay === undefined ? {} : { perDay }),
  };
  return {
    ...(tryFirst === undefined ? {} : { tryFirst: firstFew(tryFirst) }),
    ...(priority === undefined ? {} : { priority }),
    ...(spendCap === undefined ? {} : { spendCap }),
    ...(guardRails === false ? { guardRails: {} } : {}),
    ...(Object.keys(pace).length > 0 ? { pace } : {}),
  };
}
