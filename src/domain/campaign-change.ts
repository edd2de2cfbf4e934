/**
 * Changing a campaign while it runs. Pure: a change touches what is still to come and nothing that was sent, and is
 * written down with its number, its moment and whose it was, so that it is known for ever who got which text.
 */
import type { Campaign, CampaignExtras } from "./campaign.ts";
import { withAccounts } from "./campaign-accounts.ts";
import type { Setting } from "./revision.ts";
import { settingNames } from "./settings/settings.ts";

/** What is to be changed; whatever is absent stays. */
export interface CampaignChange {
  readonly message?: NewMessage;
  /** `null`: there is to be no such setting any more. */
  readonly settings?: {
    readonly [S in Setting]?:
      NonNullable<Campaign[S]> | (undefined extends Campaign[S] ? null : never) | undefined;
  };
}

/** Another text, with all that goes with it. */
export interface NewMessage {
  readonly text: string;
  readonly extras?: CampaignExtras;
}

/** Whose change it is, and when, in ms since the epoch. */
export interface ChangeMark {
  readonly by: string;
  readonly at: number;
}

/** What a campaign becomes; undefined when nothing of it would be otherwise. */
export function changedBy(
  campaign: Campaign,
  change: CampaignChange,
  mark: ChangeMark,
): Campaign | undefined {
  const { settings = {} } = change;
  const message = isSameMessage(campaign, change.message) ? undefined : change.message;
  const others = settingsOf(change).filter((one) => !isSame(campaign[one], settings[one] ?? undefined));
  if (!message && others.length === 0) return undefined;
  const number = (campaign.revision ?? 0) + (message ? 1 : 0);
  const what = [...(message ? ["message" as const] : []), ...others];
  const { extras: _, ...kept } = campaign;
  return {
    ...withSettings(message ? kept : campaign, settings),
    ...(message ? { ...replacingMessage(campaign, message, mark), revision: number } : {}),
    revisions: [...(campaign.revisions ?? []), { number, ...mark, what }],
  };
}

/** Settings as somebody looked at them. */
export type SeenSettings = Pick<Campaign, Setting>;

/** Tells whether a setting that is to be changed is another by now than the one that was looked at. */
export function isOtherwiseThan(seen: SeenSettings, campaign: Campaign, change: CampaignChange): boolean {
  return settingsOf(change).some((one) => !isSame(campaign[one], seen[one]));
}

const optional = ["notWithinDays", ...settingNames] as const;

function settingsOf({ settings = {} }: CampaignChange): readonly Setting[] {
  return (["accounts", ...optional] as const).filter((one) => settings[one] !== undefined);
}

/** Another text in the place of the present one, which is kept with the revisions that had it. */
export function replacingMessage(
  { message, extras, earlierMessages = [], revision = 0 }: Campaign,
  { text, extras: beside }: NewMessage,
  { by, at }: ChangeMark,
): Pick<Campaign, "message" | "extras" | "earlierMessages"> {
  const replaced = { message, ...(extras ? { extras } : {}), until: at, by, revision };
  return {
    message: text,
    earlierMessages: [...earlierMessages, replaced],
    ...(beside ? { extras: beside } : {}),
  };
}

function withSettings(campaign: Campaign, settings: NonNullable<CampaignChange["settings"]>): Campaign {
  const next: { -readonly [F in keyof Campaign]: Campaign[F] } = { ...campaign };
  for (const one of optional) if (settings[one] === null) delete next[one];
  const { accounts, ...beside } = settings;
  const others = Object.entries(beside).filter(([, value]) => value !== null && value !== undefined);
  if (accounts) {
    delete next.formerAccounts;
    Object.assign(next, withAccounts(campaign, accounts));
  }
  return Object.assign(next, Object.fromEntries(others));
}

function isSameMessage({ message, extras }: Campaign, wanted: NewMessage | undefined): boolean {
  return wanted === undefined || (message === wanted.text && isSame(extras, wanted.extras));
}

/** Plain values, whatever the order of their fields. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(
    entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, inner]) => [name, sorted(inner)]),
  );
}
