/** The packed package in a project of its own: what somebody gets who installs it, and nothing of this checkout. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const run = promisify(execFile);
const { PATH = "", HOME = "" } = process.env;
const env = { PATH, HOME, npm_config_update_notifier: "false", npm_config_audit: "false" };

let project: string;
let packed: readonly string[];

async function npm(words: readonly string[], cwd: string): Promise<string> {
  return (await run("npm", [...words, "--silent"], { cwd, env, shell: process.platform === "win32" })).stdout;
}

async function node(program: string): Promise<string> {
  await writeFile(join(project, "program.js"), program);
  return (await run(process.execPath, ["program.js"], { cwd: project, env })).stdout;
}

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), "peyk-project-"));
  await npm(["pack", "--pack-destination", project], root);
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const tarball = join(project, `peyk-${version}.tgz`);
  packed = (await run("tar", ["-tzf", tarball])).stdout.trim().split("\n");
  await writeFile(
    join(project, "package.json"),
    JSON.stringify({ name: "empty", type: "module", private: true }),
  );
  await npm(["install", tarball, "--prefer-offline", "--no-fund"], project);
});

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
    new CampaignSender({ accounts: ["a"], usernames: ["b"], message: 7 });`;
  await writeFile(join(project, "typed.ts"), program);
  const flags = "--noEmit --strict --module nodenext --target es2023 --lib es2023,esnext.disposable";
  // Whoever writes for Node with TypeScript has its types; an empty project does not.
  const types = ["--typeRoots", join(root, "node_modules/@types"), "--types", "node"];
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const words = [tsc, ...flags.split(" "), ...types, "typed.ts"];
  const { stdout } = await run(process.execPath, words, { cwd: project, env }).catch(
    (error: { stdout: string }) => error,
  );
  expect(stdout).toBe("");
});

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
