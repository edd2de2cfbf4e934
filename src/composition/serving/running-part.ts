import type { RunningPeyk } from "../peyk.ts";

/** A part of Peyk at work; whoever has no pages has no addresses. */
export type RunningPart = Pick<RunningPeyk, "done" | "mustRestart" | "stop"> &
  Partial<Pick<RunningPeyk, "pageUrl" | "monitorUrl" | "worker">>;
