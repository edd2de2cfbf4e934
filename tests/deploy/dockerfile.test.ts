/** The image is made of what the build may see, holds nothing for development, and runs as nobody special. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readDockerfile } from "./dockerfile.ts";

const stages = readDockerfile(readFileSync("deploy/Dockerfile", "utf8"));
const last = stages.at(-1)?.steps ?? [];

test("the build sees every file that it copies, and no other", () => {
  const [everything, ...lines] = readFileSync("deploy/Dockerfile.dockerignore", "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  const seen = lines.flatMap((line) => (line.startsWith("!") ? [line.slice(1)] : [])).toSorted();
  const copied = stages.flatMap(({ steps }) =>
    steps.flatMap((step) => (step.kind === "copy" && step.from === undefined ? step.sources : [])),
  );
  expect(everything).toBe("*");
  expect(seen).toEqual([...new Set(copied)].toSorted());
});

test("the image has no packages for development, and its program does not run as root", () => {
  const runs = last.flatMap((step) => (step.kind === "run" ? [step.command] : []));
  expect(runs.filter((command) => command.includes("npm ci"))).toEqual([
    expect.stringContaining("--omit=dev"),
  ]);
  expect(last.flatMap((step) => (step.kind === "user" ? [step.name] : []))).toEqual(["node"]);
});

test("an instruction that nothing proves is refused", () => {
  expect(() => readDockerfile("FROM a\nHEALTHCHECK CMD true\n")).toThrow("HEALTHCHECK is not proved");
});
