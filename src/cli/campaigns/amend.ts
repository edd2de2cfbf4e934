/**
 * `peyk take-back ID` and `peyk mend ID`: what was sent is taken back, or given another text, beside a running Peyk through
 * it. What can't be done any more is said first, and nothing begins before somebody has said yes.
 */
import type {
  AmendResult,
  AmendingView,
  AmendmentPlan,
  AmendmentRequest,
} from "../../app/amending/amending.ts";
import { scopeOf } from "../../app/amending/amend-campaign.ts";
import { campaignMeant } from "../../app/campaigns/campaign-id.ts";
import { parseUsername } from "../../domain/people/username.ts";
import { stays } from "../../words/amend-words.ts";
import { SaidError } from "../../words/said-error.ts";
import { bareReason } from "../../words/reason-text.ts";
import type { Words } from "../../words/words.ts";
import type { Ending, Json } from "../command.ts";
import { doneOr, withPlan } from "../command.ts";
import { messageProblemText } from "../lists/list-lines.ts";
import type { Output } from "../output.ts";
import type { Amended, ProgramParts } from "../program-parts.ts";
import { DONE, UNFINISHED } from "../program-parts.ts";
import { translationsIn } from "./languages.ts";
import type { LanguageOptions } from "./send-request.ts";
import { messageOf } from "./send-request.ts";
import { unknownCampaign } from "./status.ts";

/** Who begins what is begun here. */
const BY = "command line";

export interface AmendOptions extends Json, LanguageOptions {
  readonly message?: string;
  readonly messageFile?: string;
  /** As people count them. */
  readonly revision?: number;
  readonly name?: string;
  /** Formatting and buttons go. */
  readonly textOnly?: boolean;
  /** It was said already. */
  readonly yes?: boolean;
}

interface Amending {
  readonly id: string;
  readonly wanted: Omit<AmendmentRequest, "by">;
  readonly output: Output;
  readonly words: Words;
}

/** @throws {SaidError} saying why nothing was begun */
export async function amendSent(
  { kind, id: given, ...options }: AmendOptions & Pick<AmendmentRequest, "kind"> & { readonly id: string },
  output: Output,
  parts: ProgramParts,
): Promise<Ending> {
  const { words } = parts;
  const wanted = await wantedOf(kind, options, words);
  const planned = await withPlan(parts, async ({ app }) => {
    const campaign = campaignMeant(await app.campaigns(), given);
    if (!campaign) throw await unknownCampaign(app, given, words);
    return { id: campaign.id, plan: await app.planAmendment(campaign.id, wanted) };
  });
  const amending = { id: planned.id, wanted, output, words };
  sayPlan(amending, planned.plan);
  if (options.yes !== true && !(await isConfirmed(amending, planned.plan, parts))) {
    output.say(words.plain("cli-amend-not"));
    return { exitCode: DONE, summary: { taskId: planned.id, begun: false } };
  }
  let told = "";
  const showProgress = (view: AmendingView): void => {
    output.progress(words.plain(`cli-amend-progress-${kind}`, figures(view)));
    const { status } = view;
    const now = JSON.stringify([status, figures(view)]);
    if (now !== told)
      output.record({ kind: "amending", taskId: planned.id, what: kind, status, ...figures(view) });
    told = now;
  };
  const amended = await parts.amend(
    { ...wanted, ...seenAt(planned.plan), campaignId: planned.id, by: BY },
    showProgress,
  );
  return endingOf(amending, doneOr(amended, `peyk export ${planned.id}`, words));
}

async function wantedOf(
  kind: AmendmentRequest["kind"],
  options: AmendOptions,
  words: Words,
): Promise<Amending["wanted"]> {
  const { revision, name, message, messageFile } = options;
  if (revision !== undefined && name !== undefined) throw new SaidError(words.plain("cli-amend-one-scope"));
  const parsed = name === undefined ? undefined : parseUsername(name);
  const username = parsed?.ok ? parsed.username : name;
  const scope = scopeOf({ revision, username });
  if (kind === "takeBack") return { kind, scope };
  const given = {
    ...(message === undefined ? {} : { message }),
    ...(messageFile === undefined ? {} : { messageFile }),
  };
  const text = (await messageOf({ ...given, list: "", channel: "" }, words)) ?? "";
  const translations = await translationsIn(options, words);
  const texts = translations.length > 0 ? { extras: { translations } } : {};
  return { kind, scope, message: { text, ...texts, ...(options.textOnly ? {} : { keepsExtras: true }) } };
}

/** @throws {SaidError} when it can't be done at all */
function sayPlan({ id, wanted, output, words }: Amending, plan: AmendmentPlan | undefined): void {
  if (!plan) throw new SaidError(words.plain("cli-gone"));
  const { kind } = wanted;
  if (plan.cannot) throw refusal({ ok: false, problem: "cannot" }, { id, kind, words });
  if (plan.problems)
    throw refusal({ ok: false, problem: "message", problems: plan.problems }, { id, kind, words });
  output.record({ ...plan, kind: "plan", taskId: id, what: kind });
  output.say(words.plain(`cli-amend-plan-${kind}`, { id, count: plan.count }));
  for (const { sentence, told } of stays(plan, words)) output.say(words.plain(sentence, told));
  if (plan.grows) output.say(words.plain("amend-grows"));
  if (plan.preview) {
    const { username, text } = plan.preview;
    output.say(`\n${words.plain("cli-preview", { username })}\n${text}\n`);
  }
}

/** Nobody is asked about nothing. @throws {SaidError} when there is nobody who could be asked */
async function isConfirmed(
  { wanted: { kind }, output, words }: Amending,
  plan: AmendmentPlan | undefined,
  { ask }: ProgramParts,
): Promise<boolean> {
  if (plan?.count === 0) return true;
  if (!ask || output.isJson) throw new SaidError(words.plain("cli-amend-needs-yes"));
  const answer = (await ask(words.plain(`cli-amend-question-${kind}`))).trim().toLowerCase();
  return ["y", "yes", "بله"].includes(answer);
}

function seenAt(plan: AmendmentPlan | undefined): { readonly after?: number } {
  return plan ? { after: plan.earlier } : {};
}

function figures({ done, count, kept, uncertain }: AmendingView) {
  return { done, count, kept, uncertain };
}

interface About {
  readonly id: string;
  readonly kind: AmendmentRequest["kind"];
  readonly words: Words;
}

function refusal(result: Extract<AmendResult, { ok: false }>, { id, kind, words }: About): SaidError {
  switch (result.problem) {
    case "message":
      return new SaidError(result.problems.map((one) => messageProblemText(one, words)).join("\n"));
    case "unknownCampaign":
      return new SaidError(words.plain("cli-gone"));
    case "busy":
    case "unapproved":
    case "changed":
      return new SaidError(words.plain(`cli-amend-${result.problem}`, { id }));
    case "cannot":
    case "nobody":
      return new SaidError(words.plain(`cli-amend-${result.problem}-${kind}`, { id }));
  }
}

function endingOf({ id, wanted, output, words }: Amending, { result, view, byProcess }: Amended): Ending {
  const { kind } = wanted;
  if (!result.ok) throw refusal(result, { id, kind, words });
  if (!view) throw new SaidError(words.plain("cli-gone"));
  const { status, why } = view;
  output.end();
  output.say(words.plain(`cli-amend-over-${kind}`, { id, ...figures(view) }));
  if (view.uncertain > 0) output.say(words.plain("cli-amend-uncertain", { count: view.uncertain }));
  if (status === "running")
    output.say(words.plain("cli-amend-interrupted", { atWork: byProcess ? "yes" : "no" }));
  if (status === "paused")
    output.say(
      why === undefined
        ? words.plain("cli-amend-paused")
        : words.plain("cli-amend-paused-why", { why: bareReason(why, words) }),
    );
  if (status === "stopped") output.say(words.plain("cli-amend-stopped"));
  const end = status === "running" ? "interrupted" : status;
  const stands = { ...figures(view), ...(why === undefined ? {} : { why }) };
  return {
    exitCode: status === "finished" ? DONE : UNFINISHED,
    summary: { taskId: id, what: kind, end, ...stands, byProcess },
  };
}
