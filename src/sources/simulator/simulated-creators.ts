/**
 * A source whose people are made up, so that collecting can be tried with no key and no network. Who is behind some
 * keywords is the same in every run and on every machine; people are met again on later pages and under other keywords,
 * pages come short, and every second search declares more people than it gives, as real sources do.
 */
import type { Lead } from "../../domain/collecting/lead.ts";
import type { Clock } from "../../lib/clock.ts";
import { withoutDirectionMarks } from "../../lib/text/direction-marks.ts";
import { draw, LATENCY_MS, personNumbered, POPULATION } from "./made-up-people.ts";
import type { Page, PageRequest, ParsedTarget, Source, SourceFault, SourceManifest } from "../source.ts";

const PAGE_SIZE = 30;
const LONGEST_QUERY = 100;

const manifest: SourceManifest = {
  name: "simulator",
  targetKind: "keywords",
  pageSize: PAGE_SIZE,
  channel: "simulator",
};

/** Opens the source; it holds nothing. */
export function openSimulatedCreators({ clock }: { readonly clock: Clock }): Source {
  return {
    manifest,
    parseTarget,
    async page(request, signal) {
      await clock.sleep(LATENCY_MS, signal);
      return pageFor(request);
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function parseTarget(text: string): ParsedTarget {
  const query = withoutDirectionMarks(text).trim().replaceAll(/\s+/g, " ").toLowerCase();
  if (query === "") return { ok: false, problem: "empty" };
  return query.length > LONGEST_QUERY ? { ok: false, problem: "tooLong" } : { ok: true, query };
}

function pageFor({ query, cursor }: PageRequest): Page | SourceFault {
  const number = cursor === undefined ? 0 : Number(cursor);
  const size = peopleBehind(query);
  const pages = Math.ceil(size / PAGE_SIZE);
  if (!Number.isInteger(number) || number < 0 || number >= pages)
    return { kind: "badCursor", why: "cursorUnknown" };
  const leads = Array.from({ length: rowsOn(query, number, size) }, (_, row) => leadAt(query, number, row));
  const declares = draw(query, "declares") % 2 === 0 ? size + 25 : size;
  return {
    kind: "page",
    leads,
    rows: leads.length,
    declaredTotal: declares,
    ...(number + 1 < pages ? { next: String(number + 1) } : {}),
  };
}

/** 300 to 2,000 rows. */
function peopleBehind(query: string): number {
  return 300 + (draw(query, "size") % 1700);
}

/** Every seventh page comes short. */
function rowsOn(query: string, number: number, size: number): number {
  const full = Math.min(PAGE_SIZE, size - number * PAGE_SIZE);
  return draw(query, `short ${number}`) % 7 === 0 ? Math.ceil(full / 2) : full;
}

/** One row in eight is somebody who came before. */
function leadAt(query: string, number: number, row: number): Lead {
  const place = number * PAGE_SIZE + row;
  const isAgain = place > 0 && draw(query, `again ${place}`) % 8 === 0;
  const shown = isAgain ? draw(query, `who ${place}`) % place : place;
  return personNumbered((draw(query, "start") + shown * 7) % POPULATION);
}
