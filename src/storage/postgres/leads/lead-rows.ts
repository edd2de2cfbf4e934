/** Everybody on a list as rows, by which they are found, and nobody is on it twice. */
import type { Lead, Target } from "../../../domain/collecting/lead.ts";
import { isOfPosts, leadIdOf, platformOf } from "../../../domain/collecting/lead.ts";
import type { LeadEntry } from "../../../domain/collecting/lead-entry.ts";
import { authorOf } from "../../../domain/collecting/post.ts";

/** Who came onto the list by an entry. @param targets Of the list, in order */
export function rowsOf(entry: LeadEntry, targets: readonly { readonly target: Target }[]): readonly object[] {
  if (entry.t !== "page" && entry.t !== "saved") return [];
  const own = targets[entry.k]?.target;
  const shown = targets[entry.t === "page" ? (entry.twin ?? entry.k) : entry.k]?.target ?? own;
  if (!own || !shown) return [];
  return entry.leads.map((lead) => ({
    key: leadIdOf(own.source, lead),
    id: lead.id,
    username: lead.username,
    x_id: xIdOf(shown, lead) ?? null,
    ...shown,
    at: entry.at,
  }));
}

function xIdOf({ source }: Target, lead: Lead): string | undefined {
  if (platformOf(source) !== "x") return undefined;
  return isOfPosts(source) ? authorOf(lead) : lead.id;
}
