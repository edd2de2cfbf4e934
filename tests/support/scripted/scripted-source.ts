/** A source whose people, pages and troubles a test writes down; it keeps a record of what it was asked. */
import type { Lead } from "../../../src/domain/collecting/lead.ts";
import type { Page, PageRequest, Source, SourceFault, SourceManifest } from "../../../src/sources/source.ts";

export interface ScriptedSourceOptions {
  readonly manifest?: Partial<SourceManifest>;
  /** Rows of each target in order; the same person may come several times. */
  readonly rows: Readonly<Record<string, readonly Lead[]>>;
  /** Answers instead of the page, or undefined to let the page come; `ask` counts all calls from 1. */
  readonly turn?: (ask: number, request: PageRequest) => Page | SourceFault | undefined;
  /** What a target is, whatever it is called. */
  readonly identityOf?: (query: string) => string;
  /** Stands before and after every answer; a dead process comes no further. */
  readonly effect?: () => Promise<void>;
  /** Calls of earlier processes: pass on the record of the last source. */
  readonly asked?: PageRequest[];
}

export interface ScriptedSource extends Source {
  /** Every call, in order. */
  readonly asked: readonly PageRequest[];
}

/** The people `first` to `last` by number: `id7` is called `p7`. */
export function people(first: number, last: number): Lead[] {
  return Array.from({ length: last - first + 1 }, (_, index) => ({
    id: `id${first + index}`,
    username: `p${first + index}`,
  }));
}

export function createScriptedSource(options: ScriptedSourceOptions): ScriptedSource {
  const { rows, turn, effect = () => Promise.resolve(), asked = [] } = options;
  const manifest: SourceManifest = {
    name: "x-followers",
    targetKind: "account",
    pageSize: 10,
    ...options.manifest,
  };
  return {
    manifest,
    asked,
    parseTarget: (text) => {
      const query = text.trim().replace(/^@/, "").toLowerCase();
      return query === "" ? { ok: false, problem: "empty" } : { ok: true, query };
    },
    async page(request, signal) {
      signal.throwIfAborted();
      await effect();
      asked.push(request);
      const page = turn?.(asked.length, request) ?? pageOf(rows[request.query], request, manifest.pageSize);
      const identity = request.cursor === undefined ? options.identityOf?.(request.query) : undefined;
      const answer = page.kind === "page" && identity !== undefined ? { ...page, identity } : page;
      await effect();
      return answer;
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function pageOf(
  rows: readonly Lead[] | undefined,
  { cursor = "0" }: PageRequest,
  pageSize: number,
): Page | SourceFault {
  if (!rows) return { kind: "targetGone", why: "noSuchName" };
  const start = Number.parseInt(cursor, 10);
  const leads = rows.slice(start, start + pageSize);
  const end = start + leads.length;
  return { kind: "page", leads, rows: leads.length, ...(end < rows.length ? { next: String(end) } : {}) };
}
