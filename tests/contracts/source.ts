/**
 * What every source promises, wherever its people come from: each adapter runs this suite, and what it is said to be
 * able to do says which cases hold for it. The collector relies on nothing beyond these sentences.
 */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Lead } from "../../src/domain/collecting/lead.ts";
import type { Page, PageRequest, Source, SourceFault, SourceManifest } from "../../src/sources/source.ts";

/** What can be wrong with the next call, by the service's own doing. */
export type Way = "throttled" | "outage" | "garbled" | "cut" | "creditsGone" | "accessLost";

/** A source under test, with the service at its other end. */
export interface SourceUnderTest {
  readonly source: Source;
  /** As a person would type it, in more than one spelling where there are several. */
  readonly spellings: readonly [string, ...string[]];
  /** Stable ids of all people, or posts, behind that target. */
  readonly everybody: readonly string[];
  /** A target that is there and has nobody. */
  readonly nobody: string;
  /** A target that is not there. */
  readonly gone?: string;
  /** What no reason may show. */
  readonly secrets: readonly string[];
  /** The next call goes wrong, and no other. */
  breakNext(way: Way): void;
  /** The service never answers the next call; resolves when that call has arrived there. */
  silenceNext(): Promise<void>;
  /** Makes of a good cursor one that the service refuses from now on; present where it refuses any. */
  spoil?(cursor: string): string;
  calls(): number;
  close(): Promise<void>;
}

export interface SourceAbilities extends Pick<SourceManifest, "name" | "targetKind"> {
  /** The service can say that nobody paid; without it `creditsGone` is no case. */
  readonly costs: boolean;
  /** The service asks for a key; without it `accessLost` is no case. */
  readonly needsKey: boolean;
  /** The people of the target under test come on more than one page. */
  readonly pages: boolean;
  /** It tells how many people there are. */
  readonly declaresTotal: boolean;
  /** The service says so when it does not know a cursor. */
  readonly refusesCursors: boolean;
}

type Under = () => SourceUnderTest;

/** Registers the contract's cases for one adapter. */
export function sourceContract(
  name: string,
  abilities: SourceAbilities,
  open: () => Promise<SourceUnderTest>,
): void {
  describe(`${name} keeps the source's contract`, () => {
    let it: SourceUnderTest;
    const under = (): SourceUnderTest => it;
    beforeEach(async () => {
      it = await open();
    });
    afterEach(async () => {
      await it.source[Symbol.asyncDispose]();
      await it.close();
    });

    testManifest(under, abilities);
    testTargets(under);
    testPages(under, abilities);
    if (abilities.pages) testCursors(under);
    testFaults(under, abilities);
    if (abilities.targetKind === "account" || abilities.targetKind === "post") testGone(under);
    if (abilities.refusesCursors) testSpoiltCursors(under);
    testStopping(under);
  });
}

const never = new AbortController().signal;

function parse(it: SourceUnderTest, text: string): string {
  const target = it.source.parseTarget(text);
  if (!target.ok) throw new Error(`"${text}" is no target: ${target.problem}`);
  return target.query;
}

function ask(it: SourceUnderTest, request: Omit<PageRequest, "query"> = {}): Promise<Page | SourceFault> {
  return it.source.page({ query: parse(it, it.spellings[0]), ...request }, never);
}

/** Pages from a cursor to the end, asked for in the way the collector does. */
async function walk(it: SourceUnderTest, request: PageRequest): Promise<Page[]> {
  const pages: Page[] = [];
  let cursor = request.cursor;
  do {
    const page = await it.source.page(cursor === undefined ? request : { ...request, cursor }, never);
    if (page.kind !== "page") throw new Error(`no page: ${page.kind}`);
    pages.push(page);
    cursor = page.next;
  } while (cursor !== undefined);
  return pages;
}

function idsOf(pages: readonly Page[]): string[] {
  return [...new Set(pages.flatMap(({ leads }) => leads.map(({ id }) => id)))];
}

function testManifest(under: Under, { name, targetKind }: SourceAbilities): void {
  test("says in its manifest what it is", () => {
    const { manifest } = under().source;
    expect(manifest).toMatchObject({ name, targetKind });
    expect(manifest.pageSize).toBeGreaterThan(0);
    expect(manifest.prices?.asOf ?? "2026-01-01").toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });
}

function testTargets(under: Under): void {
  test("reads every spelling of a target as the same one, and its own as well", () => {
    const it = under();
    const queries = it.spellings.map((text) => parse(it, text));
    expect(new Set(queries).size).toBe(1);
    expect(parse(it, queries[0]!)).toBe(queries[0]);
  });

  test("says what is wrong with a text that names no target", () => {
    const it = under();
    expect(it.source.parseTarget(" ")).toEqual({ ok: false, problem: "empty" });
    expect(it.source.parseTarget("x".repeat(10_000))).toMatchObject({ ok: false });
    expect(it.calls()).toBe(0);
  });
}

function testPages(under: Under, { pages, declaresTotal }: SourceAbilities): void {
  test("gives everybody, page by page, and ends", async () => {
    const it = under();
    const all = await walk(it, { query: parse(it, it.spellings[0]) });
    expect(idsOf(all).toSorted()).toEqual(it.everybody.toSorted());
    expect(all.length > 1).toBe(pages);
    expect(all[0]?.declaredTotal).toBe(declaresTotal ? it.everybody.length : undefined);
  });

  test("gives everybody too when only few are wanted at a time", async () => {
    const it = under();
    const all = await walk(it, { query: parse(it, it.spellings[0]), wanted: 1 });
    expect(idsOf(all).toSorted()).toEqual(it.everybody.toSorted());
  });

  test("holds no more in a page than it promises, and each lead whole", async () => {
    const it = under();
    for (const page of await walk(it, { query: parse(it, it.spellings[0]) })) {
      expect(page.leads.length).toBeLessThanOrEqual(it.source.manifest.pageSize);
      const { leads, rows, again = 0, unreadable = 0 } = page;
      expect(rows).toBeGreaterThanOrEqual(leads.length + again + unreadable);
      page.leads.forEach(expectWhole);
    }
  });

  test("ends at once where there is nobody", async () => {
    const it = under();
    expect(idsOf(await walk(it, { query: parse(it, it.nobody) }))).toEqual([]);
  });
}

function testCursors(under: Under): void {
  test("goes on from a cursor alone", async () => {
    const it = under();
    const query = parse(it, it.spellings[0]);
    const [first, ...rest] = await walk(it, { query });
    const again = await walk(it, { query, cursor: first!.next! });
    expect(again.length).toBe(rest.length);
    expect(idsOf(again)).toEqual(expect.arrayContaining(idsOf(rest)));
  });
}

function expectWhole(lead: Lead): void {
  expect(lead.id).toMatch(/^\S{2,}$/);
  expect(lead.username).toMatch(/^[^\s@/]+$/);
  expect(lead.username).toBe(lead.username.toLowerCase());
  const details = Object.entries(lead.details ?? {});
  expect(details.every(([key, value]) => /^[a-z]+[A-Za-z_]*$/.test(key) && value.length <= 2000)).toBe(true);
}

function testFaults(under: Under, { costs, needsKey }: SourceAbilities): void {
  const ways: readonly (readonly [Way, SourceFault["kind"]])[] = [
    ["throttled", "throttled"],
    ["outage", "unavailable"],
    ["garbled", "unavailable"],
    ["cut", "unavailable"],
    ...(costs ? ([["creditsGone", "creditsGone"]] as const) : []),
    ...(needsKey ? ([["accessLost", "accessLost"]] as const) : []),
  ];

  test.each(ways)("answers %s as %s, tells no secret, and goes on afterwards", async (way, kind) => {
    const it = under();
    it.breakNext(way);
    const fault = await ask(it);
    expect(fault.kind).toBe(kind);
    expect("why" in fault && fault.why).toMatch(/\S/);
    for (const secret of it.secrets) expect(JSON.stringify(fault)).not.toContain(secret);
    expect((await ask(it)).kind).toBe("page");
  });

  test("asks once for each page, also when it is told to come back later", async () => {
    const it = under();
    it.breakNext("outage");
    await ask(it);
    expect(it.calls()).toBe(1);
  });
}

function testGone(under: Under): void {
  test("tells a target that is not there from one that has nobody", async () => {
    const it = under();
    const answer = await it.source.page({ query: parse(it, it.gone!) }, never);
    expect(answer.kind).toBe("targetGone");
  });
}

function testSpoiltCursors(under: Under): void {
  test("says so when a cursor is good no more", async () => {
    const it = under();
    const [first] = await walk(it, { query: parse(it, it.spellings[0]) });
    expect((await ask(it, { cursor: it.spoil!(first!.next!) })).kind).toBe("badCursor");
  });
}

function testStopping(under: Under): void {
  test("throws when it is stopped, before it asks and while it waits", async () => {
    const it = under();
    const query = parse(it, it.spellings[0]);
    const why = new Error("enough");
    await expect(it.source.page({ query }, AbortSignal.abort(why))).rejects.toBe(why);
    expect(it.calls()).toBe(0);
    const stop = new AbortController();
    const arrived = it.silenceNext();
    const waiting = it.source.page({ query }, stop.signal);
    await arrived;
    stop.abort(why);
    await expect(waiting).rejects.toBe(why);
  });
}
