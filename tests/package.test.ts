/** The packed package in a project of its own: what somebody gets who installs it, and nothing of this checkout. */
import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { oneOfToday } from "./support/every-moment.ts";

const root = join(import.meta.dirname, "..");
const run = promisify(execFile);
const { PATH = "", HOME = "" } = process.env;
const env = { PATH, HOME, npm_config_update_notifier: "false", npm_config_audit: "false" };

let project: string;
let packed: readonly string[];

async function npm(words: readonly string[], cwd: string): Promise<string> {
  return (await run("npm", ["--silent", ...words], { cwd, env, shell: process.platform === "win32" })).stdout;
}

async function node(program: string): Promise<string> {
  await writeFile(join(project, "program.js"), program);
  return (await run(process.execPath, ["program.js"], { cwd: project, env })).stdout;
}

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), "peyk-project-"));
  // What npm does before it packs, but for the check of the types: that was made before any test.
  await npm(["run", "prepack", "--", "--noCheck"], root);
  await npm(["pack", "--ignore-scripts", "--pack-destination", project], root);
  const { version, dependencies } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const tarball = join(project, `peyk-${version}.tgz`);
  packed = (await run("tar", ["-tzf", tarball])).stdout.trim().split("\n");
  await writeFile(
    join(project, "package.json"),
    JSON.stringify({ name: "empty", type: "module", private: true }),
  );
  const ways = process.platform === "win32" ? [npmInstalls] : [npmInstalls, isUnpacked, isUnpacked];
  const [way = npmInstalls] = oneOfToday(ways);
  await way(tarball, dependencies);
});

async function npmInstalls(tarball: string): Promise<void> {
  await npm(["install", tarball, "--prefer-offline", "--no-fund"], project);
}

/** Puts the package where npm would, beside the dependencies that it names and no others: most of npm's work is those. */
async function isUnpacked(tarball: string, dependencies: Readonly<Record<string, string>>): Promise<void> {
  const modules = join(project, "node_modules");
  const place = join(modules, "peyk");
  await mkdir(join(modules, ".bin"), { recursive: true });
  await mkdir(place);
  await run("tar", ["-xzf", tarball, "-C", place, "--strip-components=1"]);
  for (const name of Object.keys(dependencies)) {
    await mkdir(dirname(join(modules, name)), { recursive: true });
    await symlink(join(root, "node_modules", name), join(modules, name), "junction");
  }
  const { bin } = JSON.parse(await readFile(join(place, "package.json"), "utf8"));
  await chmod(join(place, bin.peyk), 0o755);
  await symlink(join(place, bin.peyk), join(modules, ".bin/peyk"));
}

afterAll(() => rm(project, { recursive: true, force: true }));

test("holds what is needed to run and nothing else", () => {
  for (const file of [
    "dist/main.js",
    "dist/library.d.ts",
    "locales/fa.ftl",
    "public/playground/index.html",
    "LICENSE",
  ])
    expect(packed).toContain(`package/${file}`);
  expect(packed.filter((file) => /\.test\.|\.map$|\/src\/|\/tests\/|\/data\//.test(file))).toEqual([]);
});

test("a program sends ten names, each once, and goes on where it stopped", async () => {
  const program = `
    import { CampaignSender } from "peyk";
    const usernames = Array.from({ length: 10 }, (_, index) => "@Member_" + index);
    const options = { accounts: ["alice", "bob", "carol"], usernames, message: "Hi {{username}}", maxPerAccount: 4, taskId: "my_campaign_001" };
    const sender = new CampaignSender(options);
    const first = await sender.sendAll();
    const again = await new CampaignSender(options).sendAll();
    const removed = await sender.cleanup();
    console.log(JSON.stringify({ first, again, removed }));`;
  const { first, again, removed } = JSON.parse(await node(program));
  expect(first).toMatchObject({ taskId: "my_campaign_001", end: "finished", imported: 10, invalid: [] });
  expect(first.counts.sent + first.problems.length).toBe(10);
  expect(again.counts).toEqual(first.counts);
  expect(removed).toBe(true);
});

test("a program limits, repeats and breaks off with the engine's own parts, and collects exactly", async () => {
  const program = `
    import { Collector, CircuitBreaker, NetworkError, PeykError, TokenBucket, guard, leadOfPost, retry, waitUntil } from "peyk/resilience";
    import { PeykError as Base } from "peyk";
    const bucket = new TokenBucket({ perMs: 1, capacity: 2 }, 0);
    const moments = [bucket.takeAt(0), bucket.takeAt(0), bucket.takeAt(0)];
    await waitUntil(Date.now() + 1);
    let tries = 0;
    const value = await retry(async () => { if (++tries < 3) throw new NetworkError("away"); return "here"; }, { delayMs: 1 });
    const breaker = new CircuitBreaker({ failures: 1, openMs: 60_000, longestOpenMs: 60_000 });
    await guard(breaker, async () => { throw new NetworkError("away"); }).catch(() => undefined);
    const refused = await guard(breaker, async () => "asked").catch((error) => error);
    const source = {
      manifest: { name: "mine-posts", targetKind: "search", pageSize: 3 },
      parseTarget: (text) => ({ ok: true, query: text }),
      page: async ({ query, cursor = "0" }) => {
        const first = Number(cursor);
        const leads = [first, first + 1, Math.max(0, first - 1)].map((number) =>
          leadOfPost({ id: query + number, author: { id: "a" + number, username: "ann_" + number }, text: query, url: "https://example.org/" + number }));
        return { kind: "page", leads, rows: 3, next: String(first + 2) };
      },
      [Symbol.asyncDispose]: async () => undefined,
    };
    const open = () => Collector.open({ folder: "collected", sources: [source] });
    const request = { source: "mine-posts", targets: ["#a", "#b"], perTarget: 25, list: "posts" };
    const collector = await open();
    const { tracking, ...collected } = await collector.collect(request);
    await collector.close();
    const anew = await open();
    const again = await anew.collect(request);
    const ids = [];
    for await (const { id } of await anew.items("posts")) ids.push(id);
    await anew.close();
    console.log(JSON.stringify({ moments, value, tries, refused: refused.message, isOne: refused instanceof PeykError && Base === PeykError, collected, achieved: tracking.targetAchieved, again: again.delivered, ids: ids.length, unique: new Set(ids).size }));`;
  expect(JSON.parse(await node(program))).toEqual({
    moments: [0, 0, 1],
    value: "here",
    tries: 3,
    refused: "The service is taken for down; nothing was asked.",
    isOne: true,
    collected: {
      list: "posts",
      end: "targetReached",
      count: 50,
      delivered: 50,
      statistics: { unique: 52, duplicatesSkipped: 26, deduplicationRate: 33.3 },
    },
    achieved: true,
    again: 50,
    ids: 50,
    unique: 50,
  });
});

test("a wrong option is said in the caller's words, with the error's class", async () => {
  const program = `
    import { CampaignSender, PeykError, ValidationError } from "peyk";
    try { new CampaignSender({ accounts: [], usernames: ["ali"], message: "Hi" }); }
    catch (error) { console.log(error instanceof ValidationError, error instanceof PeykError, error.message); }`;
  expect(await node(program)).toBe(
    "true true accounts: expected an array with the names of one or more accounts.\n",
  );
});

test("TypeScript understands the types, and refuses what is wrong", async () => {
  const program = `
    import { CampaignSender, type CampaignResult } from "peyk";
    const sender = new CampaignSender({ accounts: ["a"], usernames: ["b"], message: "c" });
    export const result: Promise<CampaignResult> = sender.sendAll();
    // @ts-expect-error a message is a text
    new CampaignSender({ accounts: ["a"], usernames: ["b"], message: 7 });
    import { AdaptiveLimit, CircuitBreaker, Collector, RateLimitError, TokenBucket, guard, retry } from "peyk/resilience";
    import type { Collected, Page, Source, SourceFault } from "peyk/resilience";
    const limit = new AdaptiveLimit();
    limit.slowDown({ count: 300, windowMs: 900_000 }, 0, 1);
    export const moment: number = limit.readyAt(2) + new TokenBucket({ perMs: 1, capacity: 1 }, 0).takeAt(0);
    export const done: Promise<string> = retry(() => guard(new CircuitBreaker(), async () => "x"));
    export const collect = async (source: Source): Promise<Collected> => {
      const page: Page | SourceFault = await source.page({ query: "a" }, new AbortController().signal);
      if (page.kind === "throttled") throw new RateLimitError("too fast", page.retryAt);
      await using collector = await Collector.open({ folder: "x", sources: [source] });
      return collector.collect({ source: source.manifest.name, targets: ["a"], count: 3 });
    };
    // @ts-expect-error a bucket needs to know its rate
    new TokenBucket({ capacity: 1 }, 0);`;
  expect(await typeErrorsIn([program])).toBe("");
});

/** What the examples call and the reader's own program has; a later example goes on with the sender of the first. */
const declared = `
  declare global { var sender: import("peyk").CampaignSender }
  declare function fetchPage(url: string): Promise<string>;
  interface Found { readonly id: string; readonly text: string; readonly link: string; readonly author: { readonly id: string; readonly username: string } }
  declare function search(query: string, cursor: string | undefined, signal: AbortSignal): Promise<{ readonly posts: readonly Found[]; readonly next?: string }>;
`;

test("TypeScript takes the examples of docs/library.md and docs/resilience.md as they stand", async () => {
  const programs: string[] = [];
  for (const page of ["library.md", "resilience.md"]) {
    const text = await readFile(join(root, "docs", page), "utf8");
    const examples = [...text.matchAll(/```[jt]s\n(.*?)```/gs)].map(([, example = ""]) => example);
    expect(examples.length).toBeGreaterThan(0);
    programs.push(...examples.map((example) => `${example}${declared}export {};`));
  }
  expect(await typeErrorsIn(programs)).toBe("");
});

/** What TypeScript says of programs in the project; nothing where they are sound. */
async function typeErrorsIn(programs: readonly string[]): Promise<string> {
  const files = programs.map((_, index) => `typed-${index}.ts`);
  for (const [index, file] of files.entries()) await writeFile(join(project, file), programs[index] ?? "");
  const flags = "--noEmit --strict --module nodenext --target es2023 --lib es2023,esnext.disposable";
  // Whoever writes for Node with TypeScript has its types; an empty project does not.
  const types = ["--typeRoots", join(root, "node_modules/@types"), "--types", "node"];
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const words = [tsc, ...flags.split(" "), ...types, ...files];
  const { stdout } = await run(process.execPath, words, { cwd: project, env }).catch(
    (error: { stdout: string }) => error,
  );
  return stdout;
}

test("the peyk command is there and sends", async () => {
  await writeFile(join(project, "people.txt"), "@ali_1\n@sara_2\n");
  const words = ["send", "--list", "people.txt", "--message", "Hi", "--channel", "simulator", "--json"];
  const { stdout } = await run(join(project, "node_modules/.bin/peyk"), words, {
    cwd: project,
    env: { ...env, DATA_DIR: "other-data" },
    shell: process.platform === "win32",
  });
  const lines = stdout
    .trim()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
  expect(lines.at(-1)).toMatchObject({ kind: "summary", ok: true, status: "finished", imported: 2 });
});
