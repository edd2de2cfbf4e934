/** What `peyk send` may do to a campaign that is there: it goes on with it as it is, and changes what it is told to. */
import type {
  ChannelChoice,
  Draft,
  DraftPart,
  StartResult,
  ExistingCampaign,
} from "../../app/drafts/draft.ts";
import { ValidationError } from "../../domain/errors.ts";
import type { SendOptions } from "./send-request.ts";

/** A task id that belongs to something else is not mixed with it. @throws {ValidationError} saying what it belongs to */
export function refuseAnother({ id, status, channel: own }: ExistingCampaign, channel: string): void {
  if (status === "cancelled")
    throw new ValidationError(`${id} was cancelled and takes nobody in any more. Choose another --task-id.`);
  if (own !== channel)
    throw new ValidationError(`${id} goes through ${own}, not ${channel}. Choose another --task-id.`);
}

interface Asked {
  readonly options: SendOptions;
  readonly channel: ChannelChoice;
  /** Absent: the campaign's own. */
  readonly message: string | undefined;
}

/**
 * The parts of a draft in which a campaign that is there decides: everything stays as it is but for what the command
 * changes in so many words, a daily limit among them.
 * @throws {ValidationError} when another message is given without `--change-message`, with both of them
 */
export function termsFor(
  existing: ExistingCampaign,
  { options, channel, message }: Asked,
): Pick<Draft, "message" | "accounts" | "terms"> & { readonly extras?: NonNullable<Draft["extras"]> } {
  const { maxPerAccount, changeMessage = false, changeAccounts = false, resume = false } = options;
  const isOther = message !== undefined && !isSameMessage(existing, message);
  if (isOther && !changeMessage) throw new ValidationError(otherMessageText(existing, message));
  const changes: DraftPart[] = [
    ...(isOther ? ["message" as const] : []),
    ...(changeAccounts || maxPerAccount !== undefined ? ["accounts" as const] : []),
  ];
  const accounts = changeAccounts ? channel.accounts : existing.accounts;
  return {
    message: isOther ? message : existing.message,
    ...(isOther || !existing.extras ? {} : { extras: existing.extras }),
    accounts: accounts.map(({ name, caps }) => ({
      name,
      caps: maxPerAccount === undefined ? caps : { ...caps, perDay: maxPerAccount },
    })),
    terms: { kind: "goOn", changes, revision: existing.revision, resumes: resume ? "any" : "own" },
  };
}

/** What goes with the message (formatting, a file, links) can't be given on the command line: it is another message. */
function isSameMessage({ message, extras }: ExistingCampaign, given: string): boolean {
  return unixLines(message) === unixLines(given) && extras === undefined;
}

function otherMessageText({ id, message, extras, left, sent }: ExistingCampaign, given: string): string {
  const { format, attachment, buttons = [] } = extras ?? {};
  const beside = [
    format === "html" ? "formatting" : undefined,
    attachment ? `the file ${attachment.name}` : undefined,
    buttons.length > 0 ? `${buttons.length} links` : undefined,
  ].filter((one) => one !== undefined);
  return [
    `${id} has another message${beside.length > 0 ? `, with ${beside.join(", ")}` : ""}:`,
    indented(message),
    "The one given is:",
    indented(given),
    `Nothing was changed and nothing sent. Leave the message out to go on with the campaign's own, choose another ` +
      `--task-id, or say --change-message: then the ${left} who are still to be written to get the one given; ` +
      `${sent} have the other already.`,
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
export function startProblemText(id: string, result: Extract<StartResult, { ok: false }>): string {
  switch (result.problem) {
    case "cancelled":
      return `${id} was cancelled and takes nobody in any more. Choose another --task-id.`;
    case "otherChannel":
      return `${id} goes through ${result.campaign.channel}. Choose another --task-id.`;
    case "exists":
    case "changed":
    case "differs":
      return `${id} was changed by somebody else just now: peyk status ${id}. Nothing was sent; the same command looks again.`;
    case "notNow":
      return `${id} can't be started as it stands: peyk status ${id}`;
  }
}
