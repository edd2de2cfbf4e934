/** What a page comes to in a list as it stands: who is new, and whether its target ends. */
import type { Lead, TargetEnd } from "../../../domain/collecting/lead.ts";
import type { PageEntry } from "../../../domain/collecting/lead-entry.ts";
import type { LeadFold } from "../../../domain/collecting/lead-fold.ts";
import type { PageTaken, PageTaking } from "../leads.ts";

/** The entry that is to be kept; undefined where the target stands at another cursor by now. Changes nothing. */
export function entryOfPage(fold: LeadFold, taking: PageTaking): PageEntry | undefined {
  const state = fold.targets[taking.target];
  if (state?.cursor !== taking.cursor || state?.end !== undefined) return undefined;
  const { unreadable = 0 } = taking;
  const sorted = { ...fold.sort(taking.target, taking.leads, taking.again), unreadable };
  const twin = fold.twinOf(taking.target, taking.identity);
  const end = endOf(taking, { twin, read: fold.endAfter(taking.target, sorted, taking.next) });
  const found = twin === undefined ? {} : { twin };
  return pageEntry(taking, { ...sorted, ...found, ...(end === undefined ? {} : { end }) });
}

/** What whoever brought the page is told of it. */
export function takenBy({ known, again, leads, end }: PageEntry): PageTaken {
  const duplicates = known.length + again;
  return { kind: "taken", added: leads.length, duplicates, ...(end === undefined ? {} : { end }) };
}

function endOf(
  { trouble }: PageTaking,
  { twin, read }: { readonly twin: number | undefined; readonly read: TargetEnd | undefined },
): TargetEnd | undefined {
  if (twin !== undefined) return "twin";
  return trouble === undefined ? read : "unclear";
}

function pageEntry(
  {
    target,
    cursor,
    next,
    rows,
    unreadable = 0,
    sample,
    identity,
    trouble,
    declaredTotal,
    creditsLeft,
    at,
  }: PageTaking,
  {
    fresh,
    known,
    again,
    end,
    twin,
  }: Pick<PageEntry, "known" | "again" | "end" | "twin"> & { fresh: readonly Lead[] },
): PageEntry {
  return {
    t: "page",
    k: target,
    ...(cursor === undefined ? {} : { cursor }),
    ...(next === undefined ? {} : { next }),
    rows,
    leads: fresh,
    known,
    again,
    ...(unreadable === 0 ? {} : { unreadable }),
    ...(unreadable === 0 || sample === undefined ? {} : { sample }),
    ...(declaredTotal === undefined ? {} : { total: declaredTotal }),
    ...(creditsLeft === undefined ? {} : { credits: creditsLeft }),
    ...(identity === undefined ? {} : { identity }),
    ...(twin === undefined ? {} : { twin }),
    ...(end === undefined ? {} : { end }),
    ...(end === "unclear" ? { trouble: trouble ?? "rowsUnreadable" } : {}),
    at,
  };
}
