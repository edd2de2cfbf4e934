/** What becomes of one attempt: a person's habit, and how often this message was tried before. */
import type { Fault } from "../../domain/fault.ts";
import type { SimulatorConfig } from "./config.ts";
import type { Habit } from "./population.ts";

export interface Conduct {
  /** The message reaches the person. */
  readonly delivers: boolean;
  /** How long after the usual latency the answer, or the lack of one, is noticed. */
  readonly extraMs: number;
  /** The answer; absent when it is that the message was delivered. */
  readonly fault?: (now: number) => Fault;
}

/** Tells what happens to an attempt, counted from 1 for each message. */
export function conductOf(habit: Habit, attempt: number, config: SimulatorConfig): Conduct {
  switch (habit.kind) {
    case "prompt":
    case "slow":
      return takes;
    case "notFound":
      return answers(() => ({ kind: "recipient", state: "notFound", why: "noSuchName" }));
    case "refuses":
      return answers(() => ({ kind: "recipient", state: "refused", why: "takesNoMessages" }));
    case "flaky":
      return attempt > habit.attempts ? takes : answers(() => ({ kind: "unavailable", why: "serviceDown" }));
    case "throttled":
      return attempt > habit.attempts ? takes : answers((now) => throttled(now + config.throttleMs));
    case "timeout":
      return attempt > habit.attempts
        ? takes
        : { delivers: habit.delivered, extraMs: config.timeoutMs, fault: () => timedOut };
  }
}

const takes: Conduct = { delivers: true, extraMs: 0 };
const timedOut: Fault = { kind: "uncertain", why: "noAnswerInTime" };

function answers(fault: (now: number) => Fault): Conduct {
  return { delivers: false, extraMs: 0, fault };
}

function throttled(retryAt: number): Fault {
  return { kind: "throttled", scope: "account", retryAt, why: "tooFast" };
}
