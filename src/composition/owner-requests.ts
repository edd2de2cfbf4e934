/**
 * Doing beside a running Peyk: what is wanted is asked of whoever owns the data folder, and done by it. A decision names
 * the claims it is about, so one that is done twice, because somebody was killed in between, decides on nobody anew; deeds are
 * made so too.
 */
import { z } from "zod";
import type { EventHub } from "../app/event-hub.ts";
import type { AmendResult } from "../app/amending/amending.ts";
import type { App } from "../app/app.ts";
import type { AskedDeed, DoingApp } from "../app/deeds.ts";
import { doDeed } from "../app/deeds.ts";
import type { ChangeResult } from "../app/campaigns/changing.ts";
import type { MessageProblem } from "../app/drafts/draft.ts";
import type { ResolvedAll } from "../app/campaigns/resolve-all.ts";
import type { AmendRequest, DecisionRequest, TextRequest } from "../cli/program-parts.ts";
import type { CampaignId } from "../domain/campaign.ts";
import { askerOf } from "./asker.ts";
import type { Clock } from "../lib/clock.ts";
import { systemClock } from "../lib/clock.ts";
import type { TakenRequest } from "../storage/files/folder/request-box.ts";
import { changeWanted } from "./change-wanted.ts";
import { deedFrom } from "./deed-schemas.ts";
import type { FailedAnswer } from "./failed-answer.ts";
import { failedAnswerSchema, failedBy } from "./failed-answer.ts";
import type { RequestBox } from "../storage/files/folder/request-box.ts";

/** How often an owner looks for requests, in ms: whoever decides on a terminal waits for it. */
const EVERY_MS = 250;

/** How long a command may read its list before it is taken for one that sends nothing, in ms; less than is waited for. */
const BEGINS_WITHIN_MS = 10_000;

/**
 * `resolved`, `changed`, `done`: it is done. `notHere`: this Peyk sends one campaign only, and sending again in another would begin that one.
 * `unknown`: it can't make out what is wanted.
 */
export type DecisionAnswer =
  | ({ readonly kind: "resolved" } & ResolvedAll)
  | { readonly kind: "changed"; readonly result: ChangeResult }
  | { readonly kind: "amends"; readonly result: AmendResult }
  | { readonly kind: "done"; readonly result?: unknown }
  | { readonly kind: "notHere" }
  | FailedAnswer
  | { readonly kind: "unknown" };

const requestSchema: z.ZodType<DecisionRequest> = z.object({
  campaignId: z.string(),
  decision: z.enum(["sent", "again", "skip"]),
  claims: z.array(z.string()),
});

const translations = z.array(z.object({ language: z.string(), message: z.string() }));

const textSchema: z.ZodType<TextRequest> = z.object({
  campaignId: z.string(),
  text: z.string(),
  translations: translations.exactOptional(),
  keepsExtras: z.literal(true).exactOptional(),
  revision: z.int().nonnegative().exactOptional(),
  by: z.string(),
});

const amendSchema: z.ZodType<AmendRequest> = z.object({
  campaignId: z.string(),
  kind: z.enum(["takeBack", "mend"]),
  scope: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("all") }),
    z.object({ kind: z.literal("revision"), revision: z.int().nonnegative() }),
    z.object({ kind: z.literal("name"), username: z.string() }),
  ]),
  message: z
    .object({
      text: z.string(),
      keepsExtras: z.literal(true).exactOptional(),
      extras: z.object({ translations }).exactOptional(),
    })
    .exactOptional(),
  after: z.int().nonnegative().exactOptional(),
  by: z.string(),
});

const messageProblems = z.array(z.custom<MessageProblem>((one) => typeof one === "object" && one !== null));

const refusals = ["unknownCampaign", "over", "changed", "same", "noAccount"] as const;
const changeResultSchema: z.ZodType<ChangeResult> = z.union([
  z.object({ ok: z.literal(true), revision: z.number(), left: z.number() }),
  z.object({ ok: z.literal(false), problem: z.enum(refusals) }),
  z.object({
    ok: z.literal(false),
    problem: z.literal("message"),
    problems: messageProblems,
  }),
]);

const amendRefusals = ["unknownCampaign", "cannot", "nobody", "busy", "changed", "unapproved"] as const;
const amendResultSchema: z.ZodType<AmendResult> = z.union([
  z.object({ ok: z.literal(true), count: z.number(), number: z.number() }),
  z.object({ ok: z.literal(false), problem: z.enum(amendRefusals) }),
  z.object({ ok: z.literal(false), problem: z.literal("message"), problems: messageProblems }),
]);

export const decisionAnswerSchema: z.ZodType<DecisionAnswer> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("resolved"), decided: z.number(), left: z.number() }),
  z.object({ kind: z.literal("changed"), result: changeResultSchema }),
  z.object({ kind: z.literal("amends"), result: amendResultSchema }),
  z.object({ kind: z.literal("done"), result: z.unknown() }),
  z.object({ kind: z.literal("notHere") }),
  failedAnswerSchema,
  z.object({ kind: z.literal("unknown") }),
]);

export type MaySend = "yes" | "no" | "notYet";

export interface ServingParts {
  readonly box: RequestBox;
  readonly app: Pick<App, "resolveAll" | "change" | "amend" | "as">;
  readonly perform: (deed: AskedDeed) => Promise<object>;
  /** Whether messages of this campaign may go out from this process; `notYet`: it has not begun what it was called for. */
  readonly maySend: (id: CampaignId) => MaySend;
  readonly clock: Clock;
  /** Throws when this process owns the folder no more. */
  readonly beforeWrite: () => void;
  readonly log: { error(message: string): void };
}

/** Does what is requested until it is stopped. */
export class RequestServer {
  readonly #parts: ServingParts;
  readonly #stopped = new AbortController();
  #serving: Promise<void> | undefined;

  constructor(parts: ServingParts) {
    this.#parts = parts;
  }

  /** Begins; once is enough. */
  start(): void {
    this.#serving ??= this.#serveOn();
  }

  /** Resolves when what was taken up is answered. */
  async stop(): Promise<void> {
    this.#stopped.abort(new Error("stopped"));
    await this.#serving;
  }

  async #serveOn(): Promise<void> {
    const { box, clock, log } = this.#parts;
    let problem = "";
    await box.prune(clock.now()).catch(() => undefined);
    while (!this.#stopped.signal.aborted) {
      try {
        await this.serveOnce();
      } catch (error) {
        const text = `a request could not be served: ${messageOf(error)}`;
        if (text !== problem) log.error(text);
        problem = text;
      }
      await clock.sleep(EVERY_MS, this.#stopped.signal).catch(() => undefined);
    }
  }

  /**
   * Does and answers all that is requested now, but for what it can't tell yet. One that can't be done holds up no other,
   * such as an opt-out; it is tried again where that may help.
   * @throws {AggregateError} with what stood in the way of those
   */
  async serveOnce(): Promise<void> {
    const { box, beforeWrite } = this.#parts;
    beforeWrite();
    const problems: unknown[] = [];
    for (const taken of await box.take()) {
      beforeWrite();
      await this.#serve(taken).catch((error: unknown) => problems.push(error));
    }
    if (problems.length > 0) throw new AggregateError(problems, problems.map(messageOf).join("; "));
  }

  async #serve(taken: TakenRequest): Promise<void> {
    const { box, beforeWrite } = this.#parts;
    const answer = await this.#answerTo(taken).catch(failedBy);
    if (!answer) return;
    beforeWrite();
    await box.answer(taken.id, answer);
  }

  async #answerTo({ id, read }: TakenRequest): Promise<DecisionAnswer | undefined> {
    const content = await read();
    return this.#parts.app.as(askerOf(content), () => this.#answer(content, id));
  }

  async #answer(content: unknown, id: string): Promise<DecisionAnswer | undefined> {
    const deed = deedFrom(content, id);
    if (deed) return { kind: "done", result: await this.#parts.perform(deed) };
    const text = textSchema.safeParse(content);
    if (text.success) return this.#change(text.data);
    const amending = amendSchema.safeParse(content);
    if (amending.success) return this.#amend(amending.data);
    const request = requestSchema.safeParse(content);
    if (!request.success) return { kind: "unknown" };
    const { campaignId, decision, claims } = request.data;
    const { app, maySend } = this.#parts;
    const sends = decision === "again" ? maySend(campaignId) : "yes";
    if (sends === "notYet") return undefined;
    if (sends === "no") return { kind: "notHere" };
    return { kind: "resolved", ...(await app.resolveAll(campaignId, { decision, claims })) };
  }

  /** It sends nothing anew, so whoever owns the folder does it; asked twice, it goes on with what it began. */
  async #amend({ campaignId, ...wanted }: AmendRequest): Promise<DecisionAnswer> {
    return {
      kind: "amends",
      result: await this.#parts.app.amend(campaignId, { ...wanted, goesOn: true }),
    };
  }

  /** A change lets the campaign go on, so it is made only where that sends. */
  async #change({ campaignId, ...wanted }: TextRequest): Promise<DecisionAnswer | undefined> {
    const { app, maySend } = this.#parts;
    const sends = maySend(campaignId);
    if (sends === "notYet") return undefined;
    if (sends === "no") return { kind: "notHere" };
    return { kind: "changed", result: await app.change(campaignId, changeWanted(wanted)) };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export interface RequestParts extends Omit<ServingParts, "box" | "perform" | "maySend" | "clock"> {
  readonly app: ServingParts["app"] & DoingApp;
  /** Absent: nobody asks, for every process may do it itself. */
  readonly box: RequestBox | undefined;
  readonly events: EventHub;
}

/** Prepares the doing of what other processes ask; a command sends nothing but what it began itself. */
export function openRequests({ box, events, ...parts }: RequestParts) {
  if (!box) return { start: () => undefined, stop: async () => undefined };
  const begun = new Set<CampaignId>();
  let sends: "everything" | "what it began" = "what it began";
  events.watch((event) => {
    if (event.kind === "status" && event.status === "running") begun.add(event.campaignId);
  });
  let startedAt = 0;
  const maySend = (id: CampaignId): MaySend => {
    if (sends === "everything" || begun.has(id)) return "yes";
    return begun.size === 0 && systemClock.now() < startedAt + BEGINS_WITHIN_MS ? "notYet" : "no";
  };
  const server = new RequestServer({
    ...parts,
    box,
    perform: (deed) => doDeed(parts.app, deed),
    maySend,
    clock: systemClock,
  });
  return {
    start(what: typeof sends): void {
      sends = what;
      startedAt = systemClock.now();
      server.start();
    },
    stop: () => server.stop(),
  };
}
