/** When a program's campaign starts, and the hours in which it sends. */
import type { App } from "../app/app.ts";
import type { Draft } from "../app/drafts/draft.ts";
import { ValidationError } from "../domain/errors.ts";
import type { CampaignSenderOptions } from "./options.ts";

/** @throws {ValidationError} for what is not understood, over, or could be meant in two ways */
export function whenOf(
  { startAt, sendWindow }: CampaignSenderOptions,
  when: App["when"],
  isNew: boolean,
): Pick<Draft, "startAt" | "sendWindow" | "atAnyTime"> {
  return {
    ...(startAt === undefined ? {} : startOf(startAt, when, isNew)),
    ...(sendWindow === undefined ? {} : hoursOf(sendWindow, when)),
  };
}

function startOf(startAt: Date | number | string, when: App["when"], isNew: boolean): Pick<Draft, "startAt"> {
  if (typeof startAt !== "string") {
    const at = Number(startAt);
    if (!Number.isFinite(at)) throw new ValidationError("startAt: is no moment.");
    return { startAt: { at, timeZone: when.timeZone } };
  }
  const found = when.readMoment(startAt);
  if (found.kind === "now" && isNew) return {};
  if (found.kind === "now" || found.kind === "moment")
    return { startAt: { at: found.at, timeZone: found.timeZone } };
  const text = JSON.stringify(startAt);
  if (found.kind === "problem")
    throw new ValidationError(`startAt: ${text} can't be taken: ${found.problem}.`);
  const each = found.moments.map((at) => new Date(at).toISOString()).join(" or ");
  throw new ValidationError(`startAt: ${text} could be ${each}.`);
}

function hoursOf(text: string, when: App["when"]): Pick<Draft, "sendWindow" | "atAnyTime"> {
  const found = when.readWindow(text);
  if (found.kind === "always") return { atAnyTime: true };
  if (found.kind === "window") return { sendWindow: found.window };
  throw new ValidationError(
    `sendWindow: ${JSON.stringify(text)} is no send window (expected days and hours like "mon-fri 09:00-18:00", or "always").`,
  );
}
