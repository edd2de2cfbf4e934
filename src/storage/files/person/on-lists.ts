/** Which lists of leads somebody is on: only pages with them are read, and what says which target a page is of. */
import { join } from "node:path";
import type { Lead, Target } from "../../../domain/collecting/lead.ts";
import { isOfPosts, platformOf } from "../../../domain/collecting/lead.ts";
import { authorOf } from "../../../domain/collecting/post.ts";
import { looksWhole, scanLines } from "../../../lib/log/line-scan.ts";
import type { Sighting, Sightings, Sought } from "../../ports/person-reads.ts";
import { parseLeadLine } from "../../ports/documents/lead-line.ts";
import { LEADS_FILE } from "../leads/lead-overview.ts";
import { listNamesIn } from "../leads/lead-store.ts";

/** @param folder `data/leads`, which need not exist; ids are those of X, by which its lists know people */
export async function sightingsOf(folder: string, sought: Sought): Promise<Sightings> {
  const found: Sighting[] = [];
  const unreadable: { readonly list: string; readonly error: Error }[] = [];
  for (const list of await listNamesIn(folder)) {
    try {
      const sighting = await firstOn(join(folder, list, LEADS_FILE), list, sought);
      if (sighting) found.push(sighting);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      unreadable.push({ list, error });
    }
  }
  return { found: found.toSorted((a, b) => b.at - a.at), unreadable };
}

async function firstOn(path: string, list: string, sought: Sought): Promise<Sighting | undefined> {
  const targets: Target[] = [];
  let sighting: Sighting | undefined;
  await scanLines(path, {
    texts: [...textsOf(sought), `{"t":"target"`],
    isWanted: (bytes, start, end) => !looksWhole(bytes, start, end),
    onLine(line) {
      const entry = parseLeadLine(line);
      if (entry.t === "target") targets.push({ source: entry.source, query: entry.query });
      if (sighting || (entry.t !== "page" && entry.t !== "saved")) return;
      const target = targets[entry.t === "page" ? (entry.twin ?? entry.k) : entry.k] ?? {
        source: "",
        query: "",
      };
      const lead = entry.leads.find((one) => isMeant(one, target, sought));
      if (lead) sighting = { list, username: lead.username, id: lead.id, target, at: entry.at };
    },
  });
  return sighting;
}

function textsOf({ names, ids }: Sought): readonly string[] {
  const byName = names.map((name) => `"username":${JSON.stringify(name)}`);
  const byId = ids.map((id) => JSON.stringify(id));
  return [...byName, ...byId.flatMap((id) => [`"id":${id}`, `"author_id":${id}`])];
}

function isMeant(lead: Lead, { source }: Target, { names, ids }: Sought): boolean {
  if (names.includes(lead.username)) return true;
  if (platformOf(source) !== "x") return false;
  return ids.includes(isOfPosts(source) ? authorOf(lead) : lead.id);
}
