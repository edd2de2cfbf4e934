/** What `peyk send` may do to a campaign that is there: it goes on with it as it is, and changes what it is told to. */
import type {
  ChannelChoice,
  Draft,
  DraftPart,
  StartResult,
  ExistingCampaign,
} from "../../app/drafts/draft.ts";
import { SaidError } from "../../words/said-error.ts";
import type { Words } from "../../words/words.ts";
import { withTranslations } from "../../domain/languages/text-in.ts";
import { besideText } from "./beside-text.ts";
import type { SendOptions } from "./send-request.ts";

/** A task id that belongs to something else is not mixed with it. @throws {SaidError} saying what it belongs to */
export function refuseAnother(
  { id, status, channel: own }: ExistingCampaign,
  channel: string,
  words: Words,
): void {
  if (status === "cancelled") throw new SaidError(words.plain("cli-is-cancelled", { id }));
  if (own !== channel) throw new SaidError(words.plain("cli-is-elsewhere", { id, own, channel }));
}

interface Asked {
  readonly options: SendOptions;
  readonly channel: ChannelChoice;
  /** Absent: the campaign's own. */
  readonly message: string | undefined;
  /** What goes with it; absent: what the campaign has stays. */
  readonly beside?: Draft["extras"];
  readonly words: Words;
}

/**
 * The parts of a draft in which a campaign that is there decides: everything stays as it is but for what the command
 * changes in so many words, a daily limit among them.
 * @throws {SaidError} when another message is given without `--change-message`, with both of them
 */
export function termsFor(
  existing: ExistingCampaign,
  { options, channel, message, beside, words }: Asked,
): Pick<Draft, "message" | "accounts" | "terms"> & { readonly extras?: NonNullable<Draft["extras"]> } {
  const { maxPerAccount, changeMessage = false, changeAccounts = false, resume = false } = options;
  const { textOnly = false } = options;
  const hasOthers =
    JSON.stringify(translationsAfter(existing, beside)) !== JSON.stringify(existing.extras?.translations);
  const isOther = (message !== undefined && !isSameMessage(existing, message, textOnly)) || hasOthers;
  if (isOther && !changeMessage)
    throw new SaidError(otherMessageText(existing, message ?? existing.message, words));
  const changes: DraftPart[] = [
    ...(isOther ? ["message" as const] : []),
    ...(changeAccounts || maxPerAccount !== undefined ? ["accounts" as const] : []),
  ];
  const accounts = changeAccounts ? channel.accounts : existing.accounts;
  return {
    message: isOther ? (message ?? existing.message) : existing.message,
    ...besideOf(existing, isOther ? { textOnly, beside } : { textOnly: false, beside: undefined }),
    accounts: accounts.map(({ name, caps }) => ({
      name,
      caps: maxPerAccount === undefined ? caps : { ...caps, perDay: maxPerAccount },
    })),
    terms: { kind: "goOn", changes, revision: existing.revision, resumes: resume ? "any" : "own" },
  };
}

/** A file stays with whatever text; formatting and buttons are those of a text that has its own. */
function besideOf(
  existing: ExistingCampaign,
  { textOnly, beside }: { readonly textOnly: boolean; readonly beside: Draft["extras"] },
): { readonly extras?: NonNullable<Draft["extras"]> } {
  const { extras } = existing;
  const { attachment } = extras ?? {};
  const translations = translationsAfter(existing, beside);
  const texts = translations ? { translations } : {};
  const isTextAlone = beside?.translations && Object.keys(beside).every((part) => part === "translations");
  const own = textOnly
    ? beside
    : beside && !isTextAlone
      ? { ...beside, ...(attachment ? { attachment } : {}), ...texts }
      : extras || isTextAlone
        ? { ...extras, ...texts }
        : undefined;
  return own && Object.keys(own).length > 0 ? { extras: own } : {};
}

/** Texts that are given take the place of those in the same language; the others stay. */
function translationsAfter(
  { extras }: ExistingCampaign,
  beside: Draft["extras"],
): NonNullable<Draft["extras"]>["translations"] {
  const [had, given] = [extras?.translations, beside?.translations];
  if (!had || !given) return given ?? had;
  return withTranslations(had, given);
}

/** What goes with the message (formatting, a file, links) stays, unless the text is to stand alone. */
function isSameMessage({ message, extras }: ExistingCampaign, given: string, isAlone: boolean): boolean {
  return unixLines(message) === unixLines(given) && !(isAlone && extras !== undefined);
}

function otherMessageText(
  { id, message, extras, left, sent }: ExistingCampaign,
  given: string,
  words: Words,
): string {
  const beside = besideText(extras ?? {}, words);
  return [
    beside === ""
      ? words.plain("cli-other-message", { id })
      : words.plain("cli-other-message-with", { id, beside }),
    indented(message),
    words.plain("cli-other-given"),
    indented(given),
    words.plain("cli-other-end", { left, sent }),
  ].join("\n");
}

function unixLines(text: string): string {
  return text.replaceAll("\r\n", "\n");
}

function indented(text: string): string {
  return text
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}

/** Says why a campaign was not started although the command is sound. */
export function startProblemText(
  id: string,
  result: Extract<StartResult, { ok: false }>,
  words: Words,
): string {
  switch (result.problem) {
    case "cancelled":
      return words.plain("cli-is-cancelled", { id });
    case "otherChannel":
      return words.plain("cli-goes-through", { id, channel: result.campaign.channel });
    case "exists":
    case "changed":
    case "differs":
      return words.plain("cli-is-changed", { id });
    case "begun":
      return words.plain("cli-begun", { id });
    case "past":
    case "notNow":
      return words.plain("cli-is-not-now", { id });
  }
}
