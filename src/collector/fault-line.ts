import type { SourceFault } from "../sources/source.ts";
import { textOfReason } from "../domain/reasons/stored-reason.ts";

/** A call that failed as the log tells it: what, which attempt of how many, why, and when it is tried again. */
export function faultLine(
  what: string,
  { kind, why }: SourceFault,
  { attempt, of, retryAt, now }: { attempt?: number; of?: number; retryAt?: number; now: number },
): string {
  const which = attempt === undefined ? "" : `, attempt ${attempt} of ${of ?? attempt}`;
  const again = retryAt === undefined ? "" : `; again in ${(retryAt - now) / 1000} s`;
  return `${what}: ${kind}${which}: ${textOfReason(why)}${again}`;
}
