/** Taking back and mending from a program: whose messages, what is said before, and what it came to. */
import { scopeOf } from "../app/amending/amend-campaign.ts";
import type { AmendmentPlan, AmendmentRequest, AmendResult } from "../app/amending/amending.ts";
import { followAmending } from "../app/amending/follow-amending.ts";
import type { App } from "../app/app.ts";
import { ValidationError } from "../domain/errors.ts";
import { parseRecipientName } from "../domain/people/recipient-name.ts";
import type { Reason } from "../domain/reasons/reason.ts";
import { systemClock } from "../lib/clock.ts";
import { BY } from "./draft-of-options.ts";
import { messageProblem } from "./options.ts";

/** Whose messages; without either, everybody's. */
export interface AmendOptions {
  /** Those who have the text of this revision, as people count them, from 1. */
  readonly revision?: number;
  /** One person's. */
  readonly username?: string;
  /** Only tells whom it would be about. */
  readonly dryRun?: boolean;
}

export interface MendOptions extends AmendOptions {
  /** Put in the place of the text; formatting and buttons of each message stay, and so does its file. */
  readonly message: string;
  /** The text stands alone: formatting and buttons go. */
  readonly textOnly?: boolean;
}

/** How taking back or mending ended. Given again it goes on with what was interrupted. */
export interface AmendOutcome {
  readonly taskId: string;
  /**
   * `finished`: everybody has an ending. `paused`: the account or the text was refused (`why`), or somebody paused it in the
   * chat. `stopped`: by somebody, for good. `interrupted`: by {@link CampaignSender.stop}. `nobody`: there is nobody's message
   * it could be about. `planned`: with `dryRun`, nothing was begun.
   */
  readonly end: "finished" | "paused" | "stopped" | "interrupted" | "nobody" | "planned";
  readonly why?: Reason;
  /** Whom it is about, as it was known before it began. */
  readonly plan: Omit<AmendmentPlan, "problems" | "cannot">;
  /** Taken back or mended; surely as they were; and who may be either. */
  readonly done: number;
  readonly kept: number;
  readonly uncertain: number;
}

type Kind = AmendmentRequest["kind"];

/** @throws {ValidationError} saying why nothing was begun */
export async function amendSent(
  app: App,
  taskId: string,
  {
    kind,
    signal,
    ...options
  }: AmendOptions & Partial<MendOptions> & { readonly kind: Kind; readonly signal: AbortSignal },
): Promise<AmendOutcome> {
  const wanted = wantedOf(kind, options);
  const found = await app.planAmendment(taskId, wanted);
  if (!found) throw new ValidationError(`taskId: there is no campaign ${taskId}.`);
  const { cannot, problems, ...plan } = found;
  if (cannot) throw refusal(taskId, kind, { ok: false, problem: "cannot" });
  if (problems) throw refusal(taskId, kind, { ok: false, problem: "message", problems });
  const nothing = { taskId, plan, done: 0, kept: 0, uncertain: 0 };
  if (options.dryRun) return { ...nothing, end: "planned" };
  const begun = await app.amend(taskId, { ...wanted, by: BY, goesOn: true });
  if (!begun.ok && begun.problem === "nobody") return { ...nothing, end: "nobody" };
  if (!begun.ok) throw refusal(taskId, kind, begun);
  const view = await followAmending({
    look: () => app.amendment(taskId, begun.number),
    clock: systemClock,
    signal,
    isOwned: () => Promise.resolve(true),
    everyMs: EVERY_MS,
  });
  if (!view) return { ...nothing, end: "interrupted" };
  const { status, done, kept, uncertain, why } = view;
  const end = status === "running" ? "interrupted" : status;
  return { taskId, end, plan, done, kept, uncertain, ...(why === undefined ? {} : { why }) };
}

const EVERY_MS = 100;

function wantedOf(
  kind: Kind,
  { revision, username, message, textOnly }: AmendOptions & Partial<MendOptions>,
): Omit<AmendmentRequest, "by"> {
  if (revision !== undefined && username !== undefined)
    throw new ValidationError("revision, username: only one of them can say whose messages.");
  if (revision !== undefined && (!Number.isInteger(revision) || revision < 1))
    throw new ValidationError(`revision: ${String(revision)} is not a whole number from 1.`);
  const name = username === undefined ? undefined : parseRecipientName(username);
  if (name && !name.ok) throw new ValidationError(`username: ${JSON.stringify(username)} is no username.`);
  const scope = scopeOf({ revision, username: name?.username });
  if (kind === "takeBack") return { kind, scope };
  if (typeof message !== "string") throw new ValidationError("message: is not a text.");
  return { kind, scope, message: { text: message, ...(textOnly ? {} : { keepsExtras: true }) } };
}

function refusal(id: string, kind: Kind, result: Extract<AmendResult, { ok: false }>): ValidationError {
  const what = kind === "takeBack" ? "take back" : "mend";
  switch (result.problem) {
    case "message":
      return new ValidationError(`message: ${result.problems.map(messageProblem).join(" ")}`);
    case "unknownCampaign":
      return new ValidationError(`taskId: there is no campaign ${id}.`);
    case "busy":
    case "changed":
      return new ValidationError(`taskId: another change of what ${id} sent is under way or paused.`);
    case "unapproved":
      return new ValidationError(
        `message: campaigns need somebody else's approval, so ${id} can be mended only into its own text, once that is approved.`,
      );
    case "cannot":
      return new ValidationError(`taskId: the platform of ${id} can't ${what} messages.`);
    case "nobody":
      return new ValidationError(`taskId: there is no message of ${id} to ${what}.`);
  }
}
