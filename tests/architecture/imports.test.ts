/** Keeps the import table of CONTRIBUTING.md true: who may import whom. */
import { expect, test } from "vitest";
import type { Import } from "./source-files.ts";
import { importsOf, sourceFiles, textOf } from "./source-files.ts";

const storagePorts = ["storage/ports"];
const ports = ["channels/channel.ts", "sources/source.ts", ...storagePorts];

/** Folders (or port files) each layer may import beside its own folder; `packages` whether npm and Node modules too. */
const layers: Record<string, { may: readonly string[]; packages: boolean }> = {
  domain: { may: [], packages: false },
  lib: { may: [], packages: true },
  lists: { may: ["domain", "lib"], packages: true },
  engine: { may: ["domain", "lib", ...ports], packages: true },
  collector: { may: ["domain", "lib", ...ports], packages: true },
  sync: {
    may: ["domain", "lib", ...storagePorts],
    packages: true,
  },
  app: { may: ["domain", "lib", "lists", "engine", "collector", "sync", ...ports], packages: true },
  channels: { may: ["domain", "lib", "channels/channel.ts"], packages: true },
  sources: { may: ["domain", "lib", "sources/source.ts"], packages: true },
  storage: {
    may: ["domain", "lib", ...storagePorts],
    packages: true,
  },
  move: { may: ["domain", "lib", "storage", "bot/intake/spool-lines.ts"], packages: true },
  pictures: {
    may: ["app/report/report-picture.ts", "app/growth/growth-picture.ts", "domain", "lib"],
    packages: true,
  },
  words: { may: ["app", "domain", "lib"], packages: true },
  bot: { may: ["app", "domain", "lib", "words"], packages: true },
  cli: { may: ["app", "domain", "lib", "words"], packages: true },
  web: { may: ["app", "domain", "lib", "words"], packages: true },
  playground: { may: ["app", "domain", "lib"], packages: true },
  library: { may: ["app", "domain", "lib"], packages: true },
  config: { may: ["domain", "lib"], packages: true },
};

/** What stands at the root of `src/`: what is run, which calls the composition, and the settings. */
const atRoot = ["config.ts", "library.ts", "main.ts", "peyk-cli.ts", "resilience.ts"];

/** Folders whose subfolders are adapters that may not know one another. */
const apart = ["channels", "sources", "storage"];

function isAllowed({ from, to }: Import): boolean {
  const [layer = "", adapter = ""] = from.split("/");
  const rule = layers[layer];
  if (atRoot.includes(from)) return true;
  if (layer === "composition") return to === "config.ts" || !atRoot.includes(to);
  if (!rule) return false;
  if (to.startsWith("package:")) return rule.packages;
  if (to.startsWith(`${layer}/`)) {
    const sameAdapter =
      to.startsWith(`${layer}/${adapter}/`) || ports.includes(to) || to.startsWith("storage/ports/");
    return !apart.includes(layer) || sameAdapter;
  }
  return rule.may.some((place) => to === place || to.startsWith(`${place}/`));
}

const imports = sourceFiles().flatMap(importsOf);

test("every import keeps to the layers", () => {
  expect(imports.length).toBeGreaterThan(10);
  const broken = imports.filter((one) => !isAllowed(one)).map(({ from, to }) => `${from} imports ${to}`);
  expect(broken).toEqual([]);
});

test("the root holds what is run and the settings, and only composition knows all", () => {
  expect(sourceFiles().filter((file) => !file.includes("/"))).toEqual(atRoot);
  const knowing = imports.filter(({ to }) => to.startsWith("composition/") || to === "config.ts");
  const places = knowing.map(({ from }) => (atRoot.includes(from) ? from : from.split("/")[0]));
  expect(new Set(places)).toEqual(
    new Set(["composition", "library.ts", "main.ts", "peyk-cli.ts", "resilience.ts"]),
  );
});

/** Files that come back to themselves by what they import, each circle once, from its first file. */
function circlesIn(arrows: readonly Import[]): string[] {
  const importedBy = new Map<string, string[]>();
  for (const { from, to } of arrows) importedBy.set(from, [...(importedBy.get(from) ?? []), to]);
  const circles = new Set<string>();
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) circles.add([...path.slice(at), file].join(" -> "));
    if (at >= 0 || done.has(file)) return;
    for (const to of importedBy.get(file) ?? []) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of importedBy.keys()) visit(file, []);
  return [...circles];
}

test("no file comes back to itself by what it imports, types included", () => {
  expect(circlesIn(imports)).toEqual([]);
  const arrows = ["a b", "b c", "c b"].map((arrow) => ({ from: arrow.charAt(0), to: arrow.charAt(2) }));
  expect(circlesIn(arrows)).toEqual(["b -> c -> b"]);
});

test("the environment is read in one place only", () => {
  const readers = sourceFiles().filter((file) => textOf(file).includes("process.env"));
  expect(readers.filter((file) => file !== "config.ts")).toEqual([]);
});

test("no folder has a barrel file", () => {
  const barrels = sourceFiles().filter((file) => /(^|\/)index\.ts$/.test(file));
  expect(barrels).toEqual([]);
});

test("the rules themselves catch a forbidden import", () => {
  expect(isAllowed({ from: "domain/a.ts", to: "package:node:fs" })).toBe(false);
  expect(isAllowed({ from: "bot/a.ts", to: "storage/files/ledger/ledger.ts" })).toBe(false);
  expect(isAllowed({ from: "web/a.ts", to: "bot/views/view.ts" })).toBe(false);
  expect(isAllowed({ from: "channels/x/a.ts", to: "channels/simulator/b.ts" })).toBe(false);
  expect(isAllowed({ from: "app/a.ts", to: "composition/core.ts" })).toBe(false);
  expect(isAllowed({ from: "composition/a.ts", to: "main.ts" })).toBe(false);
  expect(isAllowed({ from: "engine/a.ts", to: "channels/channel.ts" })).toBe(true);
});
