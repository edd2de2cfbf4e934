import type { Reason } from "../domain/reasons/reason.ts";
import { codeOf } from "../domain/reasons/reason.ts";
import { withoutDirectionMarks } from "../lib/text/direction-marks.ts";
import { channelName } from "./channel-name.ts";
import type { PlainWords } from "./plain-words.ts";

/** Says a reason in few words, to stand within a sentence. */
export function reasonText(why: Reason, words: PlainWords): string {
  const id = `reason-${codeOf(why)}`;
  if (typeof why === "string") return words.plain(id);
  if (why.code === "channelNotSetUp") return words.plain(id, { channel: channelName(why.channel, words) });
  const { code: _, ...details } = why;
  return words.plain(id, details);
}

/** The same for files and programs, where marks of direction have no place. */
export function bareReason(why: Reason, words: PlainWords): string {
  return withoutDirectionMarks(reasonText(why, words));
}
