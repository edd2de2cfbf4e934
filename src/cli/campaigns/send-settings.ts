/** What `peyk send` sets of a campaign beside its text, list and accounts. */
import type { Caps } from "../../domain/accounts/limits.ts";
import type { CampaignSettings } from "../../domain/settings/settings.ts";
import { firstFew } from "../../domain/settings/try-first.ts";

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

/** The settings that were asked for; all others stay as they are, or as is usual. */
export function settingsIn(options: SettingOptions): CampaignSettings {
  const { tryFirst, priority, spendCap, guardRails, perMinute, perHour, perDay } = options;
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
