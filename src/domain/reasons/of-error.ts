import { PeykError } from "../errors.ts";
import type { Reason } from "./reason.ts";

const NO_ROOM = /\b(?:ENOSPC|EDQUOT)\b/;

/** What went wrong by an error that was thrown: what it says of itself, or its kind, and never its text, which may be any library's. */
export function reasonOfError(error: unknown): Reason {
  if (!(error instanceof Error)) return { code: "unexpected", error: "unknown" };
  if (error instanceof PeykError && error.reason !== undefined) return error.reason;
  if (NO_ROOM.test(error.message)) return "diskFull";
  if (error.name === "LeaseLostError") return "folderTakenOver";
  const system = systemCodeOf(error);
  return system === undefined ? { code: "unexpected", error: error.name } : { code: "systemError", system };
}

/** The name that the system gives its refusal, of the error itself or of what caused it. */
function systemCodeOf(error: Error): string | undefined {
  for (let one: unknown = error; one instanceof Error; one = one.cause) {
    if ("code" in one && typeof one.code === "string" && /^E[A-Z0-9]+$/.test(one.code)) return one.code;
  }
  return undefined;
}
