/** From the command line: what X says nothing of, refuses or shows late, and results that need no keys. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { runHere } from "../cli/peyk-command.ts";
import { ownStore } from "../support/own-store.ts";
import type { FakeXOptions } from "../support/fake-x/options.ts";
import { openFakeX } from "../support/fake-x/fake-x.ts";
import { accessTo } from "./troubled-x.ts";

const rows = z.array(z.object({ username: z.string(), state: z.string(), why: z.string().optional() }));

/** Sends one campaign, then reads its results without any keys. */
async function sendTo(names: readonly string[], options: Partial<FakeXOptions>, settings = {}) {
  await using x = await openFakeX({
    accounts: [{ name: "news" }],
    people: [{ name: "ana" }, { name: "bea" }],
    ...options,
  });
  const folder = await mkdtemp(join(tmpdir(), "peyk-silent-"));
  const own = await ownStore();
  const peyk = async (words: readonly string[], env: Record<string, string>) => {
    const { code, out, err } = await runHere(words, folder, { ...own, ...env });
    return { code, out: out + err };
  };
  try {
    await writeFile(join(folder, "x-accounts.json"), JSON.stringify(x.accountKeys), { mode: 0o600 });
    await writeFile(join(folder, "people.txt"), names.join("\n"));
    const words = [
      "send",
      "--list",
      "people.txt",
      "--message",
      "Hello",
      "--channel",
      "x",
      "--task-id",
      "one",
    ];
    const sent = await peyk([...words, "--consent", "asked"], { ...accessTo(x, folder), ...settings });
    const doctor = await peyk(["doctor"], accessTo(x, folder));
    const status = await peyk(["status", "one"], {});
    await peyk(["export", "one", "--format", "json", "--out", "results.json"], {});
    const results = rows.parse(JSON.parse(await readFile(join(folder, "results.json"), "utf8")));
    const received = (options.people ?? []).map(({ name }) => x.received(name).length);
    return { sent, doctor, status, results, received };
  } finally {
    await rm(folder, { recursive: true });
  }
}

test("ends with a reason of their own for names that X leaves out or can't say anything of", async () => {
  const names = ["ana", "left_out", "no_word", "bea"];
  const unanswered = { leftOut: ["left_out"], unavailable: ["no_word"] };
  const { sent, results, status } = await sendTo(names, { unanswered });
  const why = "X gives no answer about this name";
  expect(sent.code).toBe(0);
  expect(results).toMatchObject([
    { username: "ana", state: "sent" },
    { username: "left_out", state: "failed", why },
    { username: "no_word", state: "failed", why },
    { username: "bea", state: "sent" },
  ]);
  expect(status.code).toBe(0);
});

test("pauses after a few requests that X refuses, calls nobody missing, and the doctor says so", async () => {
  const names = Array.from({ length: 9 }, (_, index) => `person_${index}`);
  const { sent, results, doctor } = await sendTo(names, {
    people: names.map((name) => ({ name })),
    faults: ({ route }) =>
      route === "sendMessage" || route === "events" ? { kind: "answer", refusal: "badRequest" } : undefined,
  });
  expect(sent.code).toBe(3);
  expect(sent.out).toContain("X refused the question");
  expect(results.map(({ state }) => state)).not.toContain("notFound");
  expect(results.filter(({ state }) => state === "planned").length).toBeGreaterThan(0);
  expect(doctor.code).toBe(1);
  expect(doctor.out).toContain("its messages can't be read, stop words neither: X refused the question");
});

test("doubles nobody whose message X took and shows in its list twenty seconds later", async () => {
  const names = ["ana", "bea", "cem"];
  const { sent, results, received } = await sendTo(
    names,
    {
      people: names.map((name) => ({ name })),
      listsLateMs: 20_000,
      faults: ({ route, ofRoute }) =>
        route === "sendMessage" && ofRoute <= 3 ? { kind: "cut", written: true } : undefined,
    },
    { X_ABSENT_AFTER: "30" },
  );
  expect(received).toEqual([1, 1, 1]);
  expect(results.map(({ state }) => state)).toEqual(["sent", "sent", "sent"]);
  expect(sent.code).toBe(0);
});
