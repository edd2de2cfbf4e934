/** What was asked of `peyk send`, looked over before anything is opened: whatever is wrong is said at once. */
import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import type { ListSource } from "../../app/lists/list-report.ts";
import { messageTextOf } from "../../app/drafts/message-file.ts";
import { isCampaignId } from "../../domain/campaign.ts";
import type { FormerState } from "./former-states.ts";
import type { SettingOptions } from "./send-settings.ts";
import type { ListOptions } from "../lists/list-options.ts";
import { SaidError } from "../../words/said-error.ts";
import type { Words } from "../../words/words.ts";

/** The message in other languages, as commander gives it. */
export interface LanguageOptions {
  /** `LANGUAGE=FILE`, as often as there are languages. */
  readonly messageFileFor?: readonly string[];
}

/** The options as commander gives them. */
export interface SendOptions extends ListOptions, SettingOptions, LanguageOptions {
  readonly list: string;
  /** An earlier campaign, whose people and text are taken in place of a list and a message. */
  readonly from?: string;
  readonly states?: readonly FormerState[];
  readonly message?: string;
  readonly messageFile?: string;
  /** Name of a message that was saved in the chat, in place of both. */
  readonly savedText?: string;
  readonly channel: string;
  readonly consent?: string;
  readonly taskId?: string;
  readonly maxPerAccount?: number;
  /** The message is sent from now on in a campaign that has another. */
  readonly changeMessage?: boolean;
  /** A text that takes the place of another stands alone: formatting, file and buttons of that one go. */
  readonly textOnly?: boolean;
  /** A campaign that is there goes through all accounts that are set up now. */
  readonly changeAccounts?: boolean;
  /** Ends a pause also when somebody else made it. */
  readonly resume?: boolean;
  /** Nobody whom another campaign wrote to within so many days. */
  readonly notWithinDays?: number;
  /** Nobody whom one of these campaigns wrote to. */
  readonly excludeCampaign?: readonly string[];
  /** When it starts; absent: at once, or as a campaign that is there has it. */
  readonly at?: string;
  /** Days and hours in which it sends; absent: the usual ones, or as a campaign that is there has them. */
  readonly window?: string;
  readonly concurrency?: number;
  readonly dryRun?: boolean;
  readonly verbose?: boolean;
  readonly json?: boolean;
}

/**
 * Answers the message; undefined when none is given, which the campaign of a task id, or one from another, may do without.
 * @throws {SaidError} saying what is wrong, where, and what to do
 */
export async function messageOf(
  { message, messageFile, savedText, taskId, from }: SendOptions,
  words: Words,
): Promise<string | undefined> {
  if ([message, messageFile, savedText].filter((one) => one !== undefined).length > 1)
    throw new SaidError(words.plain("cli-two-messages"));
  if (message !== undefined) return message;
  if (messageFile === undefined) {
    if (taskId === undefined && from === undefined && savedText === undefined)
      throw new SaidError(words.plain("cli-no-message"));
    return undefined;
  }
  const bytes = await fileBytes({ option: "--message-file", path: messageFile }, words);
  return messageTextOf(bytes, `--message-file ${messageFile}`);
}

/** `subscribers` and `subscribers:SOURCE` are the bot's own, `audience:NAME` is kept; anything else is a file (`./subscribers` too). */
export function sourceOf(list: string): ListSource {
  const [, name] = /^audience:(.+)$/s.exec(list) ?? [];
  if (name !== undefined) return { kind: "audience", name: name.trim() };
  const [, source] = /^subscribers(?::(.+))?$/.exec(list) ?? [];
  if (source !== undefined) return { kind: "subscribers", source };
  if (list === "subscribers") return { kind: "subscribers" };
  return { kind: "file", path: list, name: basename(list) };
}

/** @throws {SaidError} when there is no such file, or the task id is none */
export async function checkSendOptions({ list, taskId, from }: SendOptions, words: Words): Promise<void> {
  if (taskId !== undefined && !isCampaignId(taskId))
    throw new SaidError(words.plain("cli-id-badTaskId", { id: taskId }));
  if (from !== undefined) return;
  if (sourceOf(list).kind !== "file") return;
  const found = await stat(list).catch((error: NodeJS.ErrnoException) => {
    throw new SaidError(fileProblem({ option: "--list", path: list, error }, words));
  });
  if (!found.isFile()) throw new SaidError(words.plain("cli-no-plain-file", { path: list }));
}

/** A file that an option names. */
interface NamedFile {
  readonly option: string;
  readonly path: string;
}

interface FileTrouble extends NamedFile {
  readonly error: NodeJS.ErrnoException;
}

/** Reads it. @throws {SaidError} saying that it is not there or can't be read */
export function fileBytes({ option, path }: NamedFile, words: Words): Promise<Uint8Array> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new SaidError(fileProblem({ option, path, error }, words));
  });
}

/** Says what is wrong with a file. */
function fileProblem({ option, path, error: { code } }: FileTrouble, words: Words): string {
  if (code === "ENOENT") return words.plain("cli-no-file", { option, path });
  return words.plain("cli-file-unreadable", { option, path, code: code ?? words.plain("cli-unknown-error") });
}
