/**
 * TikTok creators by keyword, through a data provider of the operator's own. Owns what a keyword target is and how a
 * page of videos becomes people: one lead for each author's stable id. TikTok itself offers no such search to
 * businesses, and no way to write to the people found.
 */
import type { Clock } from "../../lib/clock.ts";
import { withoutDirectionMarks } from "../../lib/text/direction-marks.ts";
import type { AskJson } from "../../lib/http/http-json.ts";
import type { Page, PageRequest, ParsedTarget, Source, SourceFault, SourceManifest } from "../source.ts";
import { faultOf, statusOf } from "./faults.ts";
import type { TikTokAccess } from "./providers.ts";
import { questionFor } from "./providers.ts";
import { readVideoPage } from "./video-page.ts";

export interface TikTokParts {
  readonly access: TikTokAccess;
  readonly ask: AskJson;
  readonly clock: Clock;
}

/**
 * Pages of 10 to 30 videos were seen. No prices: a page is one credit, and what a credit costs is between the operator
 * and the provider; what is left of them comes with the pages.
 */
const manifest: SourceManifest = { name: "tiktok", targetKind: "keywords", pageSize: 30 };

const LONGEST_KEYWORDS = 200;

/** Opens the source; it holds nothing that must be closed. */
export function openTikTok(parts: TikTokParts): Source {
  return {
    manifest,
    parseTarget: parseKeywords,
    page: (request, signal) => page(parts, request, signal),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** The same words are the same target, with whatever blanks and capitals and from whatever chat they come. */
function parseKeywords(text: string): ParsedTarget {
  const query = withoutDirectionMarks(text).trim().replace(/\s+/g, " ").normalize("NFC").toLowerCase();
  if (query === "") return { ok: false, problem: "empty" };
  return query.length > LONGEST_KEYWORDS ? { ok: false, problem: "tooLong" } : { ok: true, query };
}

async function page(
  { access, ask, clock }: TikTokParts,
  { query, cursor }: PageRequest,
  signal: AbortSignal,
): Promise<Page | SourceFault> {
  signal.throwIfAborted();
  const answer = await ask(questionFor(access, query, cursor), signal);
  signal.throwIfAborted();
  const isGood = answer.kind === "answer" && statusOf(answer) === 200;
  const read = isGood ? readVideoPage(answer.body, cursor) : undefined;
  if (read) return read;
  return faultOf(answer, { hasCursor: cursor !== undefined, now: clock.now() });
}
