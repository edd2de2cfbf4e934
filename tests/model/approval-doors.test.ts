/** By whatever door a campaign comes in: nobody is written to before somebody else has approved it in the chat. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runProgram } from "../../src/cli/program.ts";
import { programParts } from "../../src/composition/command-line.ts";
import type { Core } from "../../src/composition/core-order.ts";
import { openCore } from "../../src/composition/core.ts";
import { readConfig } from "../../src/config.ts";
import { newApiToken, tokenHash } from "../../src/lib/api-token.ts";
import { systemClock } from "../../src/lib/clock.ts";
import { newPageKey } from "../../src/lib/pages/page-key.ts";
import { CampaignSender } from "../../src/library.ts";
import { createWeb } from "../../src/web/web.ts";
import { everybodyAnswers } from "../cli/peyk-command.ts";
import { middayZone } from "../support/midday.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "peyk-doors-"));
  const write = (name: string, value: object) =>
    writeFile(join(folder, name), JSON.stringify({ version: 1, value }));
  await write("simulator.json", everybodyAnswers);
  await write("team.json", { members: [], needsApproval: true });
  await writeFile(join(folder, "list.txt"), "ali_1\n");
});
afterAll(() => rm(folder, { recursive: true }));

const env = () => ({ DATA_DIR: folder, TIME_ZONE: middayZone() });

async function withCore<T>(work: (core: Core) => Promise<T>): Promise<T> {
  const read = readConfig(env());
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const core = await openCore({ ...read.config, operatorIds: [1001, 1002] }, { error: () => undefined });
  await core.recover();
  return work(core).finally(() => core.close());
}

async function peyk(...typed: string[]): Promise<{ readonly code: number; readonly said: string }> {
  let said = "";
  const sink = { write: (text: string) => void (said += text) };
  const interrupted = new AbortController().signal;
  const code = await runProgram(typed, programParts({ env: env(), out: sink, err: sink, interrupted }));
  return { code, said };
}

async function fromTheTerminal(): Promise<void> {
  const list = join(folder, "list.txt");
  const asked = [
    "send",
    "--list",
    list,
    "--message",
    "Hi",
    "--channel",
    "simulator",
    "--task-id",
    "terminal",
  ];
  const { code, said } = await peyk(...asked);
  expect([code, said]).toEqual([3, expect.stringContaining("waiting for somebody else's approval")]);
}

async function fromALibrary(): Promise<void> {
  const options = { accounts: ["one"], usernames: ["ali_1"], message: "Hi", dataDir: folder };
  const sender = new CampaignSender({ ...options, taskId: "library" });
  expect(await sender.sendAll()).toMatchObject({ end: "paused", pause: { kind: "approval" } });
}

async function overHttp({ app, beforeWrite }: Core): Promise<void> {
  const token = newApiToken();
  await app.tokens.add({ name: "shop", hash: tokenHash(token) }, "1001");
  const pages = { timeZone: "UTC", defaultLocale: "en", hasChat: false, withProcessMetrics: false } as const;
  const web = createWeb({ ...pages, key: newPageKey(), app, clock: systemClock, assertHeld: beforeWrite });
  const ask = (method: string, body?: object) =>
    web.fetch(
      new Request("http://127.0.0.1/api/campaigns/http", {
        method,
        headers: { authorization: `Bearer ${token}`, host: "127.0.0.1", "content-type": "application/json" },
        ...(body ? { body: JSON.stringify(body) } : {}),
      }),
    );
  const begun = await ask("PUT", { channel: "simulator", message: "Hi", recipients: ["ali_1"] });
  expect(begun.status).toBe(201);
  await until(app, "http", "approval");
  await app.sendBack("http", "1002", "the price is an old one");
  expect(await (await ask("GET")).json()).toMatchObject({
    pause: { kind: "approval", sentence: expect.stringContaining("the price is an old one") },
    sentBack: { note: "the price is an old one" },
  });
  expect((await peyk("status", "http")).said).toContain(
    "sent back with the reason “the price is an old one”",
  );
  web[Symbol.dispose]();
}

async function inTheChat({ app }: Core): Promise<void> {
  const list = await app.importList({ source: { kind: "text", text: "ali_1" }, campaignId: "chat" });
  if (list.kind !== "report") throw new Error("no list");
  const { listId, origin } = list;
  const accounts = [{ name: "one", caps: {} }];
  const draft = { campaignId: "chat", listId, origin, message: "Hi", channel: "simulator", accounts };
  await app.as({ kind: "operator", id: 1001 }, () =>
    app.start(draft, { statement: "asked", by: "1001", operatorId: 1001 }),
  );
}

async function until(app: Core["app"], id: string, what: string): Promise<void> {
  for (;;) {
    const campaign = (await app.view(id))?.campaign;
    if (campaign?.status === what || campaign?.pause?.kind === what) return;
    await pause(5);
  }
}

test("from the terminal, a library, over HTTP and in the chat alike, and its text is changed meanwhile", async () => {
  await fromTheTerminal();
  await fromALibrary();
  await withCore(async (core) => {
    const { app } = core;
    await overHttp(core);
    await inTheChat(core);
    for (const id of ["terminal", "library", "http", "chat"]) {
      await until(app, id, "approval");
      expect([id, (await app.view(id))?.counts.sent]).toEqual([id, 0]);
      const seen = (await app.toApprove(id, "1002"))?.seen ?? "";
      // What another program or the terminal makes of it meanwhile is no more what was seen.
      await app.change(id, { message: { text: "Hello" }, by: "shop" });
      expect(await app.approve(id, "1002", seen)).toEqual({ ok: false, problem: "changed" });
      const now = (await app.toApprove(id, "1002"))?.seen ?? "";
      expect(await app.approve(id, "1002", now)).toEqual({ ok: true });
      await until(app, id, "finished");
      expect((await app.view(id))?.counts.sent).toBe(1);
      const mend = {
        kind: "mend",
        scope: { kind: "all" },
        message: { text: "Pay here" },
        by: "1001",
      } as const;
      expect(await app.amend(id, mend)).toMatchObject({ ok: false, problem: "unapproved" });
    }
  });
});
