/**
 * What every source brings is looked at once more before anybody keeps it: whatever a platform sends, a lead stays short
 * and a page can be written down, read again and shown.
 */
import { unreadableAmong } from "../lib/log/unreadable.ts";
import type { Lead } from "../domain/collecting/lead.ts";
import type { Page, ShownPage, Source, SourceFault } from "./source.ts";

/** Ids and handles of all platforms are shorter by far: a handle of Bluesky has at most 253 signs, an id 2048. */
const LONGEST_ID = 2048;
const LONGEST_NAME = 253;
/** Cursors are opaque, but no book. */
const LONGEST_CURSOR = 8192;
const LONGEST_DISPLAY_NAME = 200;
const MOST_DETAILS = 50;
const LONGEST_DETAIL = 2000;
const LONGEST_KEY = 100;

const CONTROL = /\p{Cc}/u;

/** Wraps a source so that its pages are fit to be kept. */
export function checkedSource(source: Source): Source {
  return {
    manifest: source.manifest,
    parseTarget: (text) => source.parseTarget(text),
    page: async (request, signal) => checkedPage(await source.page(request, signal)),
    [Symbol.asyncDispose]: () => source[Symbol.asyncDispose](),
  };
}

const KINDS: readonly unknown[] = [
  "page",
  "throttled",
  "unavailable",
  "unclear",
  "badCursor",
  "targetGone",
  "creditsGone",
  "accessLost",
] satisfies (Page | SourceFault)["kind"][];

/** A lead that nobody can be is a row like others that brought nobody; a cursor that can't be kept is no page. */
function checkedPage(page: Page | SourceFault): Page | SourceFault {
  if (!KINDS.includes(page.kind)) return { kind: "unavailable", why: "sourceFailed" };
  if (page.kind === "unclear" && page.page) return { ...page, page: fit(page.page) };
  if (page.kind !== "page") return page;
  if ((page.next ?? "").length > LONGEST_CURSOR) return { kind: "unavailable", why: "sourceNotKept" };
  return fit(page);
}

function fit<T extends ShownPage>(page: T): T {
  const { unreadable = 0, sample } = page;
  const unfit = unreadableAmong(page.leads.filter((lead) => !isFit(lead)));
  const counted =
    unfit.unreadable === undefined ? {} : { ...unfit, unreadable: unreadable + unfit.unreadable };
  const first = sample === undefined ? {} : { sample };
  return { ...page, leads: page.leads.filter(isFit).map(shortened), ...counted, ...first };
}

function isFit({ id, username }: Lead): boolean {
  return fits(id, LONGEST_ID) && fits(username, LONGEST_NAME);
}

function fits(text: string, longest: number): boolean {
  return text !== "" && text.length <= longest && !CONTROL.test(text);
}

function shortened({ displayName, details, ...lead }: Lead): Lead {
  const entries = Object.entries(details ?? {})
    .filter(([name]) => name.length <= LONGEST_KEY)
    .slice(0, MOST_DETAILS)
    .map(([name, value]) => [name, cut(cleaned(value), LONGEST_DETAIL)] as const);
  return {
    ...lead,
    ...(displayName === undefined ? {} : { displayName: cut(cleaned(displayName), LONGEST_DISPLAY_NAME) }),
    ...(details === undefined ? {} : { details: Object.fromEntries(entries) }),
  };
}

/** What people write may hold signs that no list is read with: control characters become blanks, half ones a `?`. */
function cleaned(text: string): string {
  return text.replaceAll(/(?!\n)\p{Cc}/gu, " ").replaceAll(/[\p{Cs}\uFFFD]/gu, "?");
}

/** Never through the middle of a sign that takes two units. */
function cut(text: string, longest: number): string {
  return text.length <= longest ? text : text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, "");
}
