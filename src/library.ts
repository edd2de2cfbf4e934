/**
 * Peyk for programs: a campaign from a list of names to its end, with the same promise as everywhere, at most one
 * message to each name and nobody forgotten, whatever is killed and started again.
 *
 * ```ts
 * import { CampaignSender } from "peyk";
 *
 * const sender = new CampaignSender({
 *   accounts: ["alice", "bob"],
 *   usernames: ["@sara", "reza"],
 *   message: "Hello {{username}}",
 *   taskId: "my_campaign_001",
 * });
 * const result = await sender.sendAll();
 * if (result.end === "finished") await sender.cleanup();
 * ```
 */
import type { App } from "./app/app.ts";
import type { Followed } from "./app/campaigns/follow-campaign.ts";
import { followCampaign } from "./app/campaigns/follow-campaign.ts";
import type { PauseReason } from "./domain/campaign.ts";
import type { Core } from "./composition/core-order.ts";
import type { PeykError } from "./domain/errors.ts";
import { ValidationError, errorOfState } from "./domain/errors.ts";
import type { Counts, RecipientState } from "./domain/recipient.ts";
import type { InvalidReason } from "./domain/people/username.ts";
import { parseRecipientName } from "./domain/people/recipient-name.ts";
import { systemClock } from "./lib/clock.ts";
import { BY, idFor, prepared, refusalText } from "./library/draft-of-options.ts";
import type { CampaignSenderOptions } from "./library/options.ts";
import { checkOptions } from "./library/options.ts";
import type { AddNamesOptions, AddedNames } from "./library/add-names.ts";
import { addNames } from "./library/add-names.ts";
import type { AmendOptions, AmendOutcome, MendOptions } from "./library/amend.ts";
import { amendSent } from "./library/amend.ts";
import { english, withCore } from "./composition/library-core.ts";

export type { CampaignView } from "./app/app.ts";
export type { PauseReason } from "./domain/campaign.ts";
export type { Reason, ReasonCode } from "./domain/reasons/reason.ts";
export {
  ClientError,
  DataExtractionError,
  LoginError,
  NetworkError,
  PeykError,
  RateLimitError,
  ValidationError,
} from "./domain/errors.ts";
export type { Counts, RecipientState } from "./domain/recipient.ts";
export type { InvalidReason } from "./domain/people/username.ts";
export type { AddNamesOptions, AddedNames } from "./library/add-names.ts";
export type { AmendOptions, AmendOutcome, MendOptions } from "./library/amend.ts";
export type { CampaignSenderOptions } from "./library/options.ts";
import type { Reason } from "./domain/reasons/reason.ts";
import { bareReason } from "./words/reason-text.ts";

/** How a campaign stands when `sendAll` is through. */
export interface CampaignResult {
  readonly taskId: string;
  /**
   * `finished`: everybody is settled. `paused`: nobody may send for longer than `longestWaitMs`, or not at all; `pause`
   * says why. `interrupted`: by {@link CampaignSender.stop}. All but `cancelled` go on at the next `sendAll`.
   */
  readonly end: Followed["end"];
  readonly pause?: PauseReason;
  /** Recipients of the campaign, of all its lists; the counts add up to it. */
  readonly imported: number;
  readonly counts: Counts;
  /** Of the usernames given, those that are none. */
  readonly invalid: readonly { readonly text: string; readonly reason: InvalidReason }[];
  /** Everyone with whom something went wrong: not found, declined, failed, uncertain. */
  readonly problems: readonly {
    readonly username: string;
    readonly state: RecipientState;
    readonly error: PeykError;
  }[];
}

/**
 * Sends one campaign. Holds no file open between its calls, so it needs no closing; disposing of it stops what is under
 * way. The settings of the environment and `.env` count where no option says otherwise.
 */
export class CampaignSender implements AsyncDisposable {
  readonly #options: CampaignSenderOptions;
  readonly #stopped = new AbortController();
  #taskId: string | undefined;
  #underWay: Promise<unknown> | undefined;

  /** @throws {ValidationError} naming the option that is wrong */
  constructor(options: CampaignSenderOptions) {
    checkOptions(options);
    this.#options = options;
    this.#taskId = options.taskId;
  }

  /** The campaign's id; undefined until `sendAll` has made one up. */
  get taskId(): string | undefined {
    return this.#taskId;
  }

  /**
   * Sends to everyone who has not got the message, and resolves when all are settled or nobody may send any more. Given
   * again, in this process or another, it goes on where it stopped.
   * @throws {PeykError} when it can't begin: a wrong option, a folder in use or unreadable
   */
  async sendAll(): Promise<CampaignResult> {
    return this.#alone(async (core) => {
      // Other campaigns of the folder only count in the accounts' budgets.
      await core.recover(() => false);
      return this.#send(core.app);
    });
  }

  /**
   * Has more names join the campaign, which is not over; the next `sendAll` writes to them.
   * @throws {ValidationError} when nobody can join
   */
  async addNames(usernames: readonly string[], options: AddNamesOptions = {}): Promise<AddedNames> {
    const id = this.#known("addNames");
    return this.#alone(({ app }) => addNames(app, id, { ...sorted(usernames), ...options }));
  }

  /**
   * Takes back what the campaign sent, where the platform can: of everybody, of a revision, or of one name. Resolves when
   * everybody has an ending, or it stopped before; given again it goes on. Nobody is written to anew.
   * @throws {ValidationError} when it can't begin
   */
  async takeBack(options: AmendOptions = {}): Promise<AmendOutcome> {
    return this.#amend("takeBack", options);
  }

  /** Puts another text in the place of what was sent, in the same ways; whoever opted out keeps theirs. */
  async mend(options: MendOptions): Promise<AmendOutcome> {
    return this.#amend("mend", options);
  }

  /** Removes the finished campaign's checkpoint; answers false when there was none. */
  async cleanup(): Promise<boolean> {
    const id = this.#known("cleanup");
    return this.#alone(async ({ app }) => {
      const result = await app.cleanup(id);
      if (result.ok || result.problem === "nothingToDo") return result.ok;
      const why = result.problem === "notNow" ? "is not finished" : "does not exist";
      throw new ValidationError(`cleanup: the campaign ${id} ${why}.`);
    });
  }

  /** Begins no more sends; `sendAll` resolves when those under way are settled, and the campaign is paused. For good. */
  stop(): void {
    this.#stopped.abort(new Error("stopped"));
  }

  /** Stops and waits until everything is settled and on disk. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.stop();
    await this.#underWay?.catch(() => undefined);
  }

  #known(call: string): string {
    if (this.#taskId !== undefined) return this.#taskId;
    throw new ValidationError(`${call}: nothing was sent yet, and no taskId is given.`);
  }

  async #amend(kind: "takeBack" | "mend", options: AmendOptions): Promise<AmendOutcome> {
    const id = this.#known(kind);
    const signal = this.#stopped.signal;
    return this.#alone(({ app }) => amendSent(app, id, { ...options, kind, signal }));
  }

  async #alone<T>(work: (core: Core) => Promise<T>): Promise<T> {
    if (this.#underWay) throw new ValidationError("This sender is already at work: wait for its last call.");
    const working = withCore(this.#options, (message) => process.emitWarning(message, "Peyk"), work);
    this.#underWay = working;
    try {
      return await working;
    } finally {
      this.#underWay = undefined;
    }
  }

  async #send(app: App): Promise<CampaignResult> {
    const { usernames, onProgress, longestWaitMs } = this.#options;
    const id = (this.#taskId = await idFor(app, this.#taskId));
    const { valid, invalid } = sorted(usernames);
    const { draft, consent } = await prepared(app, id, valid, this.#options);
    const started = await app.start(draft, consent);
    if (!started.ok) throw new ValidationError(refusalText(id, started));
    const { end, view } = await followCampaign(app, id, {
      clock: systemClock,
      signal: this.#stopped.signal,
      by: BY,
      ...(onProgress ? { onProgress } : {}),
      ...(longestWaitMs === undefined ? {} : { longestWaitMs }),
    });
    const { counts, imported, campaign } = view;
    const pause = campaign.pause ? { pause: campaign.pause } : {};
    return { taskId: id, end, ...pause, imported, counts, invalid, problems: await problemsOf(app, id) };
  }
}

function sorted(usernames: readonly string[]) {
  const valid: string[] = [];
  const invalid: { text: string; reason: InvalidReason }[] = [];
  for (const text of usernames) {
    const parsed = parseRecipientName(text);
    if (parsed.ok) valid.push(parsed.username);
    else invalid.push({ text, reason: parsed.reason });
  }
  return { valid, invalid };
}

async function problemsOf(app: App, id: string): Promise<CampaignResult["problems"]> {
  const problems: CampaignResult["problems"][number][] = [];
  const en = english();
  const say = (why: Reason): string => bareReason(why, en);
  for await (const { username, state, why } of (await app.results(id)) ?? []) {
    const error = errorOfState(state, why ?? "unsaid", say);
    if (error) problems.push({ username, state, error });
  }
  return problems;
}
