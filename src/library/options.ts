import type { FollowUp } from "../domain/settings/follow-up.ts";
import { checkMessage } from "../app/drafts/check-message.ts";
import { languageTag } from "../domain/languages/language-tag.ts";
import type { CampaignView } from "../app/app.ts";
import type { Caps } from "../domain/accounts/limits.ts";
import type { RailShares } from "../domain/settings/guard-rails.ts";
import { isCampaignId } from "../domain/campaign.ts";
import { ValidationError } from "../domain/errors.ts";

/** What a {@link CampaignSender} is told; everything but the first three has a default. */
export interface CampaignSenderOptions {
  /** Names of the accounts to send through. The simulator makes the ones it does not know. */
  readonly accounts: readonly string[];
  /** Recipients as people write them: `@name`, `name`, a profile link. Repeated ones count once. */
  readonly usernames: readonly string[];
  /** The text; `{{username}}` stands for the recipient's name. */
  readonly message: string;
  /** The same message in other languages, by tag (`fa`): people get the one that they speak, everybody else the `message`. */
  readonly messages?: Readonly<Record<string, string>>;
  /** Messages each account may send a day; default `MAX_PER_ACCOUNT`, else 4. */
  readonly maxPerAccount?: number;
  /** The same id is the same campaign: whoever has its message is skipped. Default: a new one, `task_YYYYMMDD_HHMMSS`. */
  readonly taskId?: string;
  /** Sends this message from now on in a campaign that has another; without it another message is refused. */
  readonly changeMessage?: boolean;
  /** The new message stands alone; without it formatting, file and buttons of the one before go with it. */
  readonly textOnly?: boolean;
  /** Sends through these accounts from now on in a campaign that has others; without it others are refused. */
  readonly changeAccounts?: boolean;
  /** Goes on with a campaign that somebody paused in the chat; without it the pause stays. */
  readonly resume?: boolean;
  /** Leaves out whom another campaign wrote to within so many days, from 1. */
  readonly notWithinDays?: number;
  /** Writes to so many first and pauses; given again it tries as many more, left out it goes on with everybody. */
  readonly tryFirst?: number;
  /** From 1 to 9: the campaign with the higher one goes first through accounts that several share. */
  readonly priority?: number;
  /** How many go out at most, through all accounts together. */
  readonly pace?: Caps;
  /** Pauses before it could cost more, in US dollars, where the platform charges. */
  readonly spendCap?: number;
  /**
   * Up to two further texts to whoever has not answered so many days after the one before. Each is one plain text for
   * everybody, also of those who got one of the `messages`.
   */
  readonly followUps?: readonly FollowUp[];
  /** Shares in per cent above which it pauses, of at least 50 people; `{}`: never. Default: as for every new campaign. */
  readonly guardRails?: RailShares;
  /** Leaves out whom these campaigns wrote to or may have. */
  readonly excludeCampaigns?: readonly string[];
  /**
   * When it starts: a moment, ms since the epoch, or a text like `2026-12-05 09:00` or `tomorrow 9:00` in `TIME_ZONE`.
   * `sendAll` waits for it. Default: at once, or as a campaign of this id has it.
   */
  readonly startAt?: Date | number | string;
  /** Days and hours in which it sends, like `mon-fri 09:00-18:00`, or `always`; default `SEND_WINDOW`, else always. */
  readonly sendWindow?: string;
  /** Default `simulator`. */
  readonly channel?: string;
  /** Where the permission to write to these people comes from. Needed by every channel that reaches real people. */
  readonly consent?: string;
  /** Folder of everything kept; default `DATA_DIR`, else `data`. One process at a time uses it. */
  readonly dataDir?: string;
  /** Sends under way at the same time, at most; default 32. */
  readonly concurrency?: number;
  /** A wait that ends by itself within this time is waited for, a longer one ends `sendAll`. In ms; default an hour. */
  readonly longestWaitMs?: number;
  /** Told a few times a second how the campaign stands. What it throws ends `sendAll`; nothing is lost by that. */
  readonly onProgress?: (view: CampaignView) => void;
}

/** @throws {ValidationError} naming the option, what is wrong with it and what is expected */
export function checkOptions(options: CampaignSenderOptions): void {
  const { accounts, usernames, message, maxPerAccount, taskId, concurrency, longestWaitMs } = options;
  checkTexts("accounts", accounts, "the names of one or more accounts");
  checkTexts("usernames", usernames, "one or more usernames");
  for (const name of accounts)
    if (name.trim() === "" || name.length > 64)
      throw new ValidationError(
        `accounts: ${JSON.stringify(name)} is no name (expected 1 to 64 characters).`,
      );
  if (new Set(accounts).size < accounts.length)
    throw new ValidationError("accounts: a name is given twice, and one account can't have two limits.");
  if (typeof message !== "string") throw new ValidationError("message: is not a text.");
  for (const problem of checkMessage(message, [], Infinity))
    throw new ValidationError(`message: ${messageProblem(problem)}`);
  for (const [language, text] of Object.entries(options.messages ?? {})) {
    if (languageTag(language) !== language)
      throw new ValidationError(
        `messages: ${JSON.stringify(language)} is no language (expected a tag such as "fa").`,
      );
    for (const problem of checkMessage(text, [], Infinity))
      throw new ValidationError(`messages: the one in ${language} ${messageProblem(problem)}`);
  }
  checkCount("maxPerAccount", maxPerAccount);
  checkCount("concurrency", concurrency);
  checkCount("tryFirst", options.tryFirst);
  checkCount("priority", options.priority);
  for (const count of Object.values(options.pace ?? {})) checkCount("pace", count);
  for (const share of Object.values(options.guardRails ?? {})) checkCount("guardRails", share);
  if (options.spendCap !== undefined && !(options.spendCap > 0))
    throw new ValidationError("spendCap: is not an amount (expected US dollars above 0).");
  checkCount("notWithinDays", options.notWithinDays);
  if (options.excludeCampaigns !== undefined && options.excludeCampaigns.length > 0)
    checkTexts("excludeCampaigns", options.excludeCampaigns, "ids of campaigns");
  if (longestWaitMs !== undefined && !(longestWaitMs >= 0))
    throw new ValidationError("longestWaitMs: is not a time (expected milliseconds from 0).");
  if (taskId !== undefined && (typeof taskId !== "string" || !isCampaignId(taskId)))
    throw new ValidationError(
      `taskId: ${JSON.stringify(taskId)} is no task id (expected 1 to 64 of letters, digits, "_", "-", ".").`,
    );
}

function checkTexts(name: string, values: readonly string[], expected: string): void {
  const isGiven: unknown = Array.isArray(values) && values.every((value) => typeof value === "string");
  if (isGiven !== true || values.length === 0)
    throw new ValidationError(`${name}: expected an array with ${expected}.`);
}

function checkCount(name: string, value: number | undefined): void {
  if (value !== undefined && (!Number.isInteger(value) || value < 1))
    throw new ValidationError(`${name}: ${String(value)} is not a whole number from 1.`);
}

/** Says what is wrong with a message, after its option's name. */
export function messageProblem(problem: ReturnType<typeof checkMessage>[number]): string {
  switch (problem.problem) {
    case "empty":
      return "is empty.";
    case "tooLong":
      return `has ${problem.length} characters; ${problem.max} is the most.`;
    case "unknownVariables":
      return `{{${problem.unknown.join("}}, {{")}}} stands for nothing here; {{username}} does.`;
    case "brokenVariable":
      return `${JSON.stringify(problem.text)} is not a whole variable (expected {{username}}).`;
    case "notTaken":
      return `has ${problem.extra} that this channel can't send.`;
  }
}
