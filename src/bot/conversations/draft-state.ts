/** What a new campaign's dialogue has collected so far. Plain and free of side effects: it is rebuilt at every replay. */
import type {
  ChannelChoice,
  Draft,
  DraftPart,
  DraftTerms,
  DraftExtras,
  MessageProblem,
  ExistingCampaign,
} from "../../app/drafts/draft.ts";
import type { ListSource } from "../../app/lists/list-report.ts";
import type { StartMoment } from "../../domain/when/schedule.ts";
import type { SendWindow } from "../../domain/when/send-window.ts";
import type { Caps } from "../../domain/accounts/limits.ts";
import type { Campaign } from "../../domain/campaign.ts";
import type { CampaignSettings } from "../../domain/settings/settings.ts";
import { settingsOf } from "../../domain/settings/settings.ts";

/** The daily limit chosen for each account: what it comes with, a number, or none. */
export type DailyLimit = "own" | "none" | number;

export interface KeptList {
  readonly listId: string;
  readonly origin: string;
  readonly columns: readonly string[];
  readonly valid: number;
  /** True: they are the bot's own subscribers, whom only Telegram reaches. */
  readonly isSubscribers?: boolean;
}

/** What may be changed in a campaign that names are added to. */
export type Changeable = DraftPart | "consent";

export interface DraftState {
  /** A name that came with the command and is looked at before one is asked for. */
  given?: string;
  id?: string;
  /** The campaign that the names are added to, as it was looked at; absent: it is to be a new one. */
  existing?: ExistingCampaign;
  /** What is asked for anew although the campaign has it. */
  changes: readonly Changeable[];
  /** A list that came with the opening and is taken before one is asked for. */
  source?: ListSource;
  list?: KeptList;
  message?: string;
  /** What the message has beside its text; files lie among the uploads. */
  extras?: DraftExtras;
  /** The name under which the message was saved. */
  savedAs?: string;
  /** Why the message must be written anew: what the chosen way can't send. */
  messageProblems?: readonly MessageProblem[];
  channel?: ChannelChoice;
  /** There was more than one channel to choose from. */
  askedChannel?: boolean;
  /** Nobody whom another campaign wrote to within so many days; absent: no such rule of this draft. */
  notWithinDays?: number;
  /** Campaigns whose people are left out; absent: none. */
  excludes?: readonly string[];
  /** Names of the chosen accounts. */
  chosen: readonly string[];
  limit: DailyLimit;
  /** How many each account sends a minute and an hour at most, beside the day; absent: as it comes. */
  accountPace?: Pick<Caps, "perMinute" | "perHour">;
  /** What "More options" has set. */
  settings: CampaignSettings;
  consent?: string;
  /** When it is to start; absent: at once. */
  startAt?: StartMoment;
  /** No send window, although the house has one. */
  atAnyTime?: true;
  /** The house's send window, for a campaign that is given none. */
  usualWindow?: SendWindow;
}

/** A dialogue's state before anything was asked. */
export function emptyDraft(given?: string): DraftState {
  return { chosen: [], changes: [], limit: "own", settings: {}, ...(given === undefined ? {} : { given }) };
}

/** Takes a channel with all of its accounts, each with its own limit; one that is chosen already stays as it is. */
export function chooseChannel(state: DraftState, channel: ChannelChoice): void {
  if (state.channel?.name === channel.name) return;
  state.channel = channel;
  state.chosen = channel.accounts.map((account) => account.name);
  state.limit = "own";
}

/** The caps of one account under the chosen daily limit. */
export function capsUnder(limit: DailyLimit, caps: Caps): Caps {
  if (limit === "own") return caps;
  const { perDay: _perDay, ...others } = caps;
  return limit === "none" ? others : { ...others, perDay: limit };
}

/** Tells whether a part of the campaign is the operator's to say: of a new one all, of another what is changed. */
export function isAsked({ existing, changes }: DraftState, part: Changeable): boolean {
  return !existing || changes.includes(part);
}

/** Has a part of a campaign asked for that would else stay as it is. */
export function change(state: DraftState, part: Changeable): void {
  if (state.existing && !state.changes.includes(part)) state.changes = [...state.changes, part];
}

/** Takes a press on the button about those whom others wrote to lately: so many days, or 0 for no such rule. */
export function pressLately(state: DraftState, choice: string): boolean {
  const days = /^lately=(\d{1,4})$/.exec(choice)?.[1];
  if (days === undefined) return false;
  if (Number(days) === 0) delete state.notWithinDays;
  else state.notWithinDays = Number(days);
  return true;
}

/** The message that is sent: the operator's, or that of the campaign which names are added to. */
export function messageIn(state: DraftState): Partial<Pick<Draft, "message" | "extras">> {
  const { message, extras } = isAsked(state, "message") ? state : (state.existing ?? state);
  return { ...(message === undefined ? {} : { message }), ...(hasExtras(extras) ? { extras } : {}) };
}

/** What a campaign has of all this, for steps that show or change it. */
export function draftOf({ id, accounts, ...campaign }: Campaign): DraftState {
  const { perMinute, perHour } = accounts[0]?.caps ?? {};
  const accountPace = {
    ...(perMinute === undefined ? {} : { perMinute }),
    ...(perHour === undefined ? {} : { perHour }),
  };
  return { ...emptyDraft(), id, settings: settingsOf(campaign), accountPace };
}

/** The draft as the application takes it. Throws when a step before was left out. */
export function draftFrom(state: DraftState): Draft {
  const { id, list, channel, existing } = state;
  const { message, ...extras } = messageIn(state);
  if (id === undefined || !list || message === undefined || !channel)
    throw new Error("a campaign was planned before everything was known");
  const chosen = channel.accounts
    .filter((account) => state.chosen.includes(account.name))
    .map(({ name, caps }) => ({ name, caps: { ...capsUnder(state.limit, caps), ...state.accountPace } }));
  return {
    campaignId: id,
    listId: list.listId,
    origin: list.origin,
    message,
    ...extras,
    channel: channel.name,
    accounts: existing && !isAsked(state, "accounts") ? existing.accounts : chosen,
    ...(state.notWithinDays === undefined ? {} : { notWithinDays: state.notWithinDays }),
    ...state.settings,
    ...(state.startAt ? { startAt: state.startAt } : {}),
    ...(state.atAnyTime ? { atAnyTime: true } : {}),
    ...(state.excludes?.length ? { excludes: state.excludes } : {}),
    terms: termsOf(state),
  };
}

function termsOf({ existing, changes }: DraftState): DraftTerms {
  if (!existing) return { kind: "new" };
  const { revision } = existing;
  return { kind: "goOn", changes: changes.filter((one) => one !== "consent"), revision };
}

/** Tells whether a message is anything beside plain text. */
export function hasExtras(extras: DraftExtras | undefined): extras is DraftExtras {
  return extras !== undefined && Object.keys(extras).length > 0;
}

/**
 * Finds the smallest limit under which the accounts can send everything today.
 * @param used How many each account has sent today
 */
export function limitThatSuffices(toSend: number, used: readonly number[]): number {
  let left = toSend;
  const sorted = used.toSorted((a, b) => a - b);
  let level = sorted[0] ?? 0;
  for (let open = 1; open <= sorted.length; open += 1) {
    const next = sorted[open] ?? Infinity;
    const room = (next - level) * open;
    if (room >= left) return Math.max(1, level + Math.ceil(left / open));
    left -= room;
    level = next;
  }
  return Math.max(1, level);
}
