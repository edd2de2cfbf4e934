/** Lists of leads as a sync reads them: who is in a part of a list's log, and which source showed them. */
import type { LeadEntry } from "../../domain/collecting/lead-entry.ts";
import { CorruptLogError } from "../../lib/log-lines.ts";
import type { LogPosition } from "../../lib/log-part.ts";
import { LOG_START, readLogPart } from "../../lib/log-part.ts";
import type { CopiedLead, FeedPart } from "../sync-stores.ts";
import { parseLeadLine } from "./lead-line.ts";

/** The sources of a log's targets, in the order they joined, as far as the log was read. */
export interface SourcesOfTargets {
  readonly sources: string[];
  lines: number;
}

/** Read at most, whatever is asked for: a line is a whole page of people, so few of them are many rows. */
const MOST_PAGES = 50;

export interface LeadLines {
  readonly from: LogPosition;
  readonly maxLines: number;
}

/**
 * Reads a part of a list's log.
 * @param known By path: what was learnt of earlier parts, which name the targets of later ones
 */
export async function readLeads(
  path: string,
  known: Map<string, SourcesOfTargets>,
  { from, maxLines }: LeadLines,
): Promise<FeedPart> {
  const part = await readLogPart(path, from, Math.min(MOST_PAGES, maxLines));
  if (part.kind === "diverged") {
    known.delete(path);
    return part;
  }
  const targets = await targetsBefore(path, known, from.lines);
  const leads = part.lines.flatMap((line, index) => {
    const entry = parsed(path, line, from.lines + index + 1);
    learn(targets, entry, from.lines + index + 1);
    return leadsOf(entry, targets.sources);
  });
  return { kind: "part", read: { kind: "leads", leads }, to: part.to, isAtEnd: part.isAtEnd };
}

/** Read from the log's beginning when this process has not read it yet. */
async function targetsBefore(
  path: string,
  known: Map<string, SourcesOfTargets>,
  lines: number,
): Promise<SourcesOfTargets> {
  const targets = known.get(path) ?? { sources: [], lines: 0 };
  known.set(path, targets);
  if (targets.lines >= lines) return targets;
  targets.sources.length = 0;
  for (let at = LOG_START; at.lines < lines;) {
    const part = await readLogPart(path, at, Math.min(1000, lines - at.lines));
    if (part.kind === "diverged" || part.lines.length === 0) break;
    for (const [index, line] of part.lines.entries())
      if (line.startsWith('{"t":"target"')) learn(targets, parsed(path, line, at.lines + index + 1), 0);
    at = part.to;
  }
  targets.lines = lines;
  return targets;
}

function learn(targets: SourcesOfTargets, entry: LeadEntry, line: number): void {
  if (line !== 0 && line <= targets.lines) return;
  if (entry.t === "target") targets.sources.push(entry.source);
  targets.lines = Math.max(targets.lines, line);
}

function leadsOf(entry: LeadEntry, sources: readonly string[]): readonly CopiedLead[] {
  if (entry.t !== "page" && entry.t !== "saved") return [];
  return entry.leads.map((lead) => ({ ...lead, source: sources[entry.k] ?? "", at: entry.at }));
}

function parsed(path: string, line: string, lineNumber: number): LeadEntry {
  try {
    return parseLeadLine(line);
  } catch (error) {
    throw new CorruptLogError(path, lineNumber, error);
  }
}
