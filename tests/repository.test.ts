/** Keeps the repository fit to be installed and read by a stranger. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";

const root = join(import.meta.dirname, "..");
/** What is made or fetched here and never committed. */
const ownOnly = new Set([".git", "node_modules", "dist", "build", "data", "screenshots", ".env"]);

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !ownOnly.has(entry.name) && !entry.name.startsWith("build-"))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [relative(root, path).replaceAll("\\", "/")];
    });
}

const files = filesBelow(root);
const texts = files.filter((file) =>
  /(^|\/)[^.]*$|\.(ts|js|css|html|json|md|ftl|csv|yml|example)$/.test(file),
);
const sources = files.filter((file) => /^(src|public)\/.*\.(ts|js)$/.test(file));

function read(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

function textsWith(pattern: RegExp): string[] {
  return texts.filter((file) => pattern.test(read(file)));
}

const needed = z.record(z.string(), z.string()).optional();
const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      resolved: z.string().optional(),
      integrity: z.string().optional(),
      dependencies: needed,
      optionalDependencies: needed,
    }),
  ),
});
const lock = lockSchema.parse(JSON.parse(read("package-lock.json")));
const locked = Object.entries(lock.packages).filter(([place]) => place !== "");

test("the lock file pins every package by its content and not by an address", () => {
  expect(locked.length).toBeGreaterThan(20);
  expect(locked.filter(([, one]) => one.resolved !== undefined).map(([place]) => place)).toEqual([]);
  expect(locked.filter(([, one]) => !one.version || !one.integrity).map(([place]) => place)).toEqual([]);
});

test("the lock file is whole: it holds what each package needs on every platform", () => {
  const missing = locked.flatMap(([place, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => !(`${place}/node_modules/${name}` in lock.packages))
      .filter((name) => !(`node_modules/${name}` in lock.packages)),
  );
  expect(missing).toEqual([]);
});

test("every source file is short enough to be read in one go", () => {
  const long = sources.filter((file) => read(file).split("\n").length > 300);
  expect(sources.length).toBeGreaterThan(30);
  expect(long).toEqual([]);
});

test("files are named for what they export, in kebab case", () => {
  const vague = /(^|-)(utils?|helpers?|managers?|info|misc|common|index)(-|\.)/;
  const names = sources.filter((file) => file.endsWith(".ts")).map((file) => basename(file));
  expect(names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.test)?\.ts$/.test(name))).toEqual([]);
  expect(names.filter((name) => vague.test(name))).toEqual([]);
});

test("nothing is left to be done later", () => {
  const signs = ["to-do", "fix-me", "x-xx"].map((sign) => sign.replace("-", "").toUpperCase());
  expect(textsWith(new RegExp(`\\b(${signs.join("|")})\\b`))).toEqual([]);
});

test("what is required is said where it is kept, not named by a number", () => {
  const numbered = /\b[Rr]equirements? [A-Z]\d/;
  const places = /^(src|tests|bench|scripts|public)\/.*\.(ts|js)$/;
  expect(textsWith(numbered).filter((file) => places.test(file))).toEqual([]);
  expect(numbered.test(["requirement", "B10"].join(" "))).toBe(true);
});

test("nothing that looks like a secret is kept", () => {
  const botToken = /\b\d{8,10}:AA[\w-]{33}\b/;
  const privateKey = new RegExp("-----BEGIN [A-Z ]*PRIVATE KEY");
  const cloudKey = /\b(AKIA[0-9A-Z]{16}|gh[pousr]_\w{36}|xox[bp]-\w{10,})\b/;
  for (const secret of [botToken, privateKey, cloudKey]) expect(textsWith(secret)).toEqual([]);
  expect(botToken.test(`token 12345678:AA${"a".repeat(33)} in a text`)).toBe(true);
});

test("every link from one document to another file leads somewhere", () => {
  const broken = texts
    .filter((file) => file.endsWith(".md"))
    .flatMap((file) =>
      [...read(file).matchAll(/\]\((?!\w+:|#)([^)#\s]+)/g)].map(([, target = ""]) =>
        join(dirname(file), target).replaceAll("\\", "/"),
      ),
    )
    .filter((target) => !existsSync(join(root, target)));
  expect(broken).toEqual([]);
});

/** @param name Its path, or the end of it */
function isThere(name: string): boolean {
  return files.some((file) => file === name || file.endsWith(`/${name}`));
}

test("every source file that a document names is there", () => {
  // The channel that the example makes.
  const made = /\/pager(\.test)?\.ts$/;
  const named = texts
    .filter((file) => file.endsWith(".md"))
    .flatMap((file) =>
      [...read(file).matchAll(/`((?:[\w.-]+\/)*[\w.-]+\.ts)`/g)].map(
        ([, name = ""]) => [file, name] as const,
      ),
    );
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter(([, name]) => !isThere(name) && !made.test(name))).toEqual([]);
});

test("the licence is the one that package.json names", () => {
  expect(JSON.parse(read("package.json"))).toMatchObject({ license: "MIT" });
  expect(read("LICENSE")).toMatch(/^MIT License/);
});

test("every script that is compiled first is compiled with its words beside it", () => {
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(read("package.json")));
  const compiled = Object.entries(scripts).filter(
    // What only tells a running one what to do finds it compiled, and leaves alone what it runs by.
    ([name, command]) => command.includes("build/kill/scripts/") && !name.endsWith(":tell"),
  );
  expect(compiled.map(([name]) => name)).toContain("kill");
  expect(compiled.filter(([, command]) => !command.startsWith("npm run -s compile-scripts && "))).toEqual([]);
  expect(scripts["compile-scripts"]).toContain("cpSync('locales', 'build/kill/locales'");
});

test("whatever `.ci/run` names to be run on other lines of Node is there", () => {
  const [, list = ""] = /^chosen=\((.*?)^\)/ms.exec(read(".ci/run")) ?? [];
  const named = [...list.matchAll(/^ +(\S+)/gm)].map(([, path = ""]) => path);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
