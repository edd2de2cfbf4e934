/** The asking side: what is wanted is done in this process when nobody owns the data folder, else by whoever owns it. */
import { randomUUID } from "node:crypto";
import type { ResolvedAll } from "../app/campaigns/resolve-all.ts";
import type { Clock } from "../lib/clock.ts";
import { LeaseTakenError, readLease } from "../storage/files/folder/lease.ts";
import { RequestBox } from "../storage/files/folder/request-box.ts";
import type {
  AmendRequest,
  Amended,
  Changed,
  Decided,
  DecisionRequest,
  Done,
  NotDecided,
  TextRequest,
} from "../cli/program-parts.ts";
import type { AskedDeed, Deed, DeedName } from "../app/deeds.ts";
import { withAsker } from "./asker.ts";
import { deedSchemas } from "./deed-schemas.ts";
import type { FailedAnswer } from "./failed-answer.ts";
import { errorOf } from "./failed-answer.ts";
import type { DecisionAnswer } from "./owner-requests.ts";
import { decisionAnswerSchema } from "./owner-requests.ts";

/** How long the owner is waited for, in ms: it takes a request up four times a second. */
const LONGEST_WAIT_MS = 30_000;
const EVERY_MS = 50;

type DoneAnswer = Exclude<DecisionAnswer, FailedAnswer>;

export interface AskingParts {
  readonly dataDir: string;
  readonly clock: Clock;
  readonly interrupted: AbortSignal;
  /** What the user of this computer is called whose word it is. */
  readonly asker: string;
}

/** Does it in this process. @throws {LeaseTakenError} when somebody owns the folder */
type Here<R, D> = (request: R) => Promise<D>;

/** Decides, wherever that can be done now. */
export function decide(
  request: DecisionRequest,
  { here, ...parts }: AskingParts & { readonly here: Here<DecisionRequest, ResolvedAll> },
): Promise<Decided | NotDecided> {
  return hereOrThere(request, parts, { here, read: decidedBy });
}

/** Changes a campaign's text, wherever that can be done now. */
export function changeText(
  request: TextRequest,
  { here, ...parts }: AskingParts & { readonly here: Here<TextRequest, Changed> },
): Promise<Changed | NotDecided> {
  return hereOrThere(request, parts, { here, read: changedBy });
}

/** Begins to take back or to mend, wherever that can be done now. */
export function beginAmending(
  request: AmendRequest,
  { here, ...parts }: AskingParts & { readonly here: Here<AmendRequest, Amended> },
): Promise<Amended | NotDecided> {
  return hereOrThere(request, parts, { here, read: amendedBy });
}

/** Does a deed, wherever that can be done now. */
export function perform<Name extends DeedName>(
  deed: Deed<Name>,
  { here, ...parts }: AskingParts & { readonly here: Here<AskedDeed<Name>, Done<Name>> },
): Promise<Done<Name> | NotDecided> {
  // One id for all tries: an owner that was killed over it may have done it before it is done here.
  return hereOrThere({ ...deed, ask: randomUUID() }, parts, {
    here,
    read: (answer, byProcess) => {
      const result = deedSchemas[deed.deed].result.safeParse("result" in answer ? answer.result : undefined);
      return result.success ? { result: result.data, byProcess } : { problem: "other-version", byProcess };
    },
  });
}

interface Ways<R, D> {
  readonly here: Here<R, D>;
  readonly read: (answer: DoneAnswer, byProcess: number) => D | NotDecided;
}

async function hereOrThere<R extends object, D>(
  request: R,
  parts: AskingParts,
  { here, read }: Ways<R, D>,
): Promise<D | NotDecided> {
  for (;;) {
    try {
      return await here(request);
    } catch (error) {
      if (!(error instanceof LeaseTakenError)) throw error;
    }
    const done = await askOwner(request, parts, read);
    if (done) return done;
  }
}

/**
 * Undefined when the owner is gone and left nothing of it: whoever asks may own the folder now.
 * @throws {TroubledError} when it can't be done, for what is wrong at the owner
 */
async function askOwner<D>(
  request: object,
  { dataDir, clock, interrupted, asker }: AskingParts,
  read: (answer: DoneAnswer, byProcess: number) => D | NotDecided,
): Promise<D | NotDecided | undefined> {
  const box = new RequestBox(dataDir);
  const byProcess = (await readLease(dataDir))?.pid ?? 0;
  const id = await box.place(withAsker(request, asker), clock.now());
  const until = clock.now() + LONGEST_WAIT_MS;
  for (;;) {
    const isOver = clock.now() > until || interrupted.aborted;
    const isAlone = !(await readLease(dataDir))?.isHeld;
    const answer = decisionAnswerSchema.safeParse(await box.answerTo(id));
    if (answer.success) {
      await box.forget(id);
      if (answer.data.kind === "failed") throw errorOf(answer.data);
      return read(answer.data, byProcess);
    }
    // Nobody who could have taken it up is left; it is asked again of the next, or done here, with the same claims.
    if (isAlone) {
      await box.forget(id);
      return undefined;
    }
    if (isOver) return { problem: (await box.withdraw(id)) ? "silent" : "unanswered", byProcess };
    await clock.sleep(EVERY_MS, interrupted).catch(() => undefined);
  }
}

function decidedBy(answer: DoneAnswer, byProcess: number): Decided | NotDecided {
  switch (answer.kind) {
    case "resolved":
      return { decided: answer.decided, left: answer.left, byProcess };
    case "notHere":
      return { problem: "sends-another", byProcess };
    case "changed":
    case "amends":
    case "done":
    case "unknown":
      return { problem: "other-version", byProcess };
  }
}

function changedBy(answer: DoneAnswer, byProcess: number): Changed | NotDecided {
  if (answer.kind === "changed") return { result: answer.result, byProcess };
  return { problem: answer.kind === "notHere" ? "sends-another" : "other-version", byProcess };
}

function amendedBy(answer: DoneAnswer, byProcess: number): Amended | NotDecided {
  return answer.kind === "amends"
    ? { result: answer.result, byProcess }
    : { problem: "other-version", byProcess };
}
