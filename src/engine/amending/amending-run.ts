/** One amendment at work: from message to message, until everybody has an ending or it is ended. */
import PQueue from "p-queue";
import type { Amended, Channel, SentRequest } from "../../channels/channel.ts";
import type { Amendment } from "../../domain/amending/amendment.ts";
import type { AmendingStep } from "../../domain/amending/next-amending.ts";
import { amendingStep } from "../../domain/amending/next-amending.ts";
import { backoffMs } from "../../domain/backoff.ts";
import type { Campaign } from "../../domain/campaign.ts";
import { reasonOfError } from "../../domain/reasons/of-error.ts";
import type { Reason } from "../../domain/reasons/reason.ts";
import { withDeadline } from "../../lib/deadline.ts";
import type { AmendmentLog } from "../../storage/ports/amendments.ts";
import type { ResultRow } from "../../storage/ports/ledger.ts";
import type { AmenderParts } from "./amender-parts.ts";
import type { MendedText } from "./mending.ts";
import { createMending } from "./mending.ts";

/** Messages asked about at once: enough to hide the latency of a service, and few beside a campaign that sends. */
const AT_ONCE = 4;
/** How long one call may take, ms. */
const CALL_TIMEOUT_MS = 60_000;
/** What is under way has so long to settle when the amendment is ended, ms. */
const GRACE_MS = 5000;
/** How often is asked again when no answer came; it does no harm. */
const MOST_TRIES = 4;
const FIRST_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 60_000;

interface Parts extends Omit<AmenderParts, "amendments" | "channels" | "campaigns" | "log"> {
  readonly campaign: Campaign;
  readonly log: AmendmentLog;
  readonly amendment: Amendment;
  readonly channel: Channel;
}

export class AmendingRun {
  readonly #parts: Parts;
  readonly #ending = new AbortController();
  /** Gives up the calls under way. */
  readonly #calling = new AbortController();
  /** Absent where it takes back. */
  readonly #mending: ((row: ResultRow) => MendedText) | undefined;
  /** Nothing more is begun: why it has to pause. */
  #problem: Reason | undefined;
  /** Resolves when nothing is under way any more: all have an ending, it was ended, or it has to pause for this. */
  readonly over: Promise<"through" | "ended" | Reason>;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { log, amendment, channel } = parts;
    const { message, scope, number } = amendment;
    const made = { ...parts, fold: log.fold, manifest: channel.manifest, scope, number };
    this.#mending = message && createMending({ ...made, message });
    this.over = this.#run().catch((error: unknown) => reasonOfError(error));
  }

  /** Begins nothing more; resolves when what is under way has settled. */
  async end(): Promise<void> {
    this.#ending.abort(new Error("ended"));
    const settled = new AbortController();
    const late = this.#parts.clock.sleep(GRACE_MS, settled.signal);
    void late.then(() => this.#calling.abort(new Error("ended"))).catch(() => undefined);
    await this.over;
    settled.abort();
  }

  get #isOver(): boolean {
    return this.#ending.signal.aborted || this.#problem !== undefined;
  }

  async #run(): Promise<"through" | "ended" | Reason> {
    const { reads, campaign } = this.#parts;
    const queue = new PQueue({ concurrency: AT_ONCE });
    const failed: unknown[] = [];
    const results = await reads.results(campaign.id);
    for await (const row of results?.rows ?? []) {
      if (this.#isOver || failed.length > 0) break;
      await queue.onSizeLessThan(1);
      const step = this.#stepFor(row);
      if (step.kind === "pass") continue;
      queue.add(() => this.#amend(row, step)).catch((error: unknown) => failed.push(error));
    }
    await queue.onIdle();
    if (failed.length > 0) return reasonOfError(failed[0]);
    if (this.#problem !== undefined) return this.#problem;
    return this.#ending.signal.aborted ? "ended" : "through";
  }

  #stepFor(row: ResultRow): AmendingStep {
    const { log, amendment, channel, clock } = this.#parts;
    const before = {
      here: log.fold.stateIn(amendment.number, row.ordinal),
      stands: log.fold.of(row.ordinal),
    };
    const abilities = channel.manifest.amends ?? {};
    return amendingStep(amendment, row, { ...before, abilities, now: clock.now() });
  }

  async #amend(row: ResultRow, step: Exclude<AmendingStep, { kind: "pass" }>): Promise<void> {
    if (this.#isOver) return;
    if (step.kind === "keep") return this.#settle(row, { t: "kept", why: step.why });
    const { log, amendment, clock } = this.#parts;
    const [n, r] = [amendment.number, row.ordinal];
    const isClaimed = log.fold.stateIn(n, r) !== undefined;
    const stays = await this.#whyNotMended(row);
    if (stays !== undefined) return this.#settle(row, leftAs(stays, isClaimed));
    if (!isClaimed) await log.record({ t: "claim", n, r, at: clock.now() });
    const { account = "", username, at: sentAt = 0 } = row;
    const request = { account, username, messageId: step.messageId, sentAt };
    for (let [tries, mayBeDone] = [1, isClaimed]; !this.#isOver;) {
      const answer = await this.#ask(request, row);
      mayBeDone ||= answer.kind === "uncertain";
      const ending = this.#judge(answer, { tries, mayBeDone });
      if (ending === "stays") return;
      if (ending.kind === "settle") return this.#settle(row, ending.as);
      if (ending.counts) tries++;
      await clock.sleep(ending.ms, this.#ending.signal).catch(() => undefined);
    }
  }

  /** Why this person is given no other text; undefined where they are, or where it takes back. */
  async #whyNotMended(row: ResultRow): Promise<Reason | undefined> {
    if (!this.#mending) return undefined;
    const { suppression } = this.#parts;
    if ((await suppression.reasonFor(row.username)) !== undefined) return "onDoNotSendList";
    return this.#mending(row).unfit;
  }

  async #ask(request: SentRequest, row: ResultRow): Promise<Amended> {
    const { channel, clock } = this.#parts;
    const mended = this.#mending?.(row);
    const deadline = { clock, ms: CALL_TIMEOUT_MS, signal: this.#calling.signal };
    try {
      return await withDeadline(deadline, async (signal) => {
        const answer = mended
          ? channel.mend?.({ ...request, ...mended }, signal)
          : channel.takeBack?.(request, signal);
        return (await answer) ?? { kind: "rejected", why: "notOursToChange" };
      });
    } catch (error) {
      return { kind: "uncertain", why: reasonOfError(error) };
    }
  }

  /** What an answer means; `stays`: it is asked again when the amendment goes on. */
  #judge(answer: Amended, { tries, mayBeDone }: Asked): Judged {
    const { clock, random } = this.#parts;
    const wait = Math.min(LONGEST_WAIT_MS, backoffMs(tries, { delayMs: FIRST_WAIT_MS, random }));
    switch (answer.kind) {
      case "amended":
        return { kind: "settle", as: { t: "done" } };
      case "throttled":
        return { kind: "again", ms: Math.max(0, answer.retryAt - clock.now()), counts: false };
      case "unavailable":
        return { kind: "again", ms: wait, counts: wait < LONGEST_WAIT_MS };
      case "uncertain":
        if (this.#ending.signal.aborted) return "stays";
        return tries < MOST_TRIES
          ? { kind: "again", ms: wait, counts: true }
          : { kind: "settle", as: { t: "uncertain", why: answer.why } };
      case "withdrawn":
        return "stays";
      case "rejected":
        // The others' texts may be shorter.
        if (answer.why === "messageTooLong" || answer.why === "messageEmpty")
          return { kind: "settle", as: leftAs(answer.why, mayBeDone) };
        this.#problem ??= answer.why;
        return "stays";
      case "account":
        this.#problem ??= answer.why;
        return "stays";
      case "recipient":
      case "unanswered":
      case "unexplained":
        return { kind: "settle", as: leftAs(answer.why, mayBeDone && answer.uncalled === true) };
    }
  }

  async #settle({ ordinal: r, username }: ResultRow, ending: Ending): Promise<void> {
    const { log, amendment, clock, campaign, emit } = this.#parts;
    const at = clock.now();
    await log.record({ ...ending, n: amendment.number, r, at });
    emit({ kind: "amended", campaignId: campaign.id, at, username, what: amendment.kind, state: ending.t });
  }
}

/** How it ends for somebody about whom nothing more is asked. */
function leftAs(why: Reason, mayBeDone: boolean): Ending {
  return mayBeDone ? { t: "uncertain", why } : { t: "kept", why };
}

interface Asked {
  /** From 1. */
  readonly tries: number;
  /** An earlier call may have done it. */
  readonly mayBeDone: boolean;
}

type Ending =
  | { readonly t: "done" }
  | { readonly t: "kept"; readonly why: Reason }
  | { readonly t: "uncertain"; readonly why: Reason };

type Judged =
  | "stays"
  | { readonly kind: "settle"; readonly as: Ending }
  | { readonly kind: "again"; readonly ms: number; readonly counts: boolean };
