/**
 * Lists of leads as a sync reads them: who is in a part of a list's log, which source showed them, and who was delivered
 * to which request by it.
 */
import { Deliveries } from "../../../domain/collecting/delivered-leads.ts";
import type { LeadEntry } from "../../../domain/collecting/lead-entry.ts";
import { CorruptLogError } from "../../../lib/log/log-lines.ts";
import { LOG_START, readLogPart } from "../../../lib/log/log-part.ts";
import type { CopiedDelivery, CopiedLead, FeedPart, FeedPosition } from "../../ports/sync.ts";
import { feedPosition, logPosition } from "../feed-position.ts";
import { parseLeadLine } from "../../ports/documents/lead-line.ts";

/** What a log says up to a line, as far as what comes after it depends on it. */
export interface ReadLog {
  readonly deliveries: Deliveries;
  lines: number;
}

/** Read at most, whatever is asked for: a line is a whole page of people, so few of them are many rows. */
const MOST_PAGES = 50;

export interface LeadLines {
  readonly from: FeedPosition;
  readonly maxLines: number;
}

/**
 * Reads a part of a list's log.
 * @param known By path: what was learnt of earlier parts, which later ones rely on
 */
export async function readLeads(
  path: string,
  known: Map<string, ReadLog>,
  { from, maxLines }: LeadLines,
): Promise<FeedPart> {
  const at = logPosition(from);
  const part = at && (await readLogPart(path, at, Math.min(MOST_PAGES, maxLines)));
  if (!part || part.kind === "diverged") {
    known.delete(path);
    return { kind: "diverged" };
  }
  const [leads, delivered]: [CopiedLead[], CopiedDelivery[]] = [[], []];
  if (part.lines.length > 0) {
    const log = await readUpTo(path, known, from.lines);
    for (const line of part.lines) {
      const entry = parsed(path, line, ++log.lines);
      delivered.push(...log.deliveries.apply(entry).map((one) => deliveryOf(one, entry.at)));
      leads.push(...leadsOf(entry, log.deliveries));
    }
  }
  const { to, isAtEnd } = part;
  return { kind: "part", read: { kind: "leads", leads, delivered }, to: feedPosition(to), isAtEnd };
}

/** Read from the log's beginning when this process has not read it to the very line. */
async function readUpTo(path: string, known: Map<string, ReadLog>, lines: number): Promise<ReadLog> {
  const log = known.get(path);
  if (log?.lines === lines) return log;
  const anew: ReadLog = { deliveries: new Deliveries(), lines: 0 };
  known.set(path, anew);
  for (let at = LOG_START; at.lines < lines;) {
    const part = await readLogPart(path, at, Math.min(1000, lines - at.lines));
    if (part.kind === "diverged" || part.lines.length === 0) break;
    for (const line of part.lines) anew.deliveries.apply(parsed(path, line, ++anew.lines));
    at = part.to;
  }
  return anew;
}

function leadsOf(entry: LeadEntry, deliveries: Deliveries): readonly CopiedLead[] {
  if (entry.t !== "page" && entry.t !== "saved") return [];
  const { source } = deliveries.targetOf(entry);
  return entry.leads.map((lead) => ({ ...lead, source, at: entry.at }));
}

function deliveryOf(
  { id, target: { source }, request }: ReturnType<Deliveries["apply"]>[number],
  at: number,
): CopiedDelivery {
  return { id, source, request, at };
}

function parsed(path: string, line: string, lineNumber: number): LeadEntry {
  try {
    return parseLeadLine(line);
  } catch (error) {
    throw new CorruptLogError(path, lineNumber, error);
  }
}
