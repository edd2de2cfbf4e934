import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTeamStore } from "../../src/storage/files/team/team-store.ts";
import { createMemoryTeam } from "../support/memory-team.ts";
import { teamContract } from "./team.ts";

describe("in memory", () => {
  teamContract(async () => {
    const store = createMemoryTeam();
    return async () => store;
  });
});

describe("in a file", () => {
  let folder = "";
  beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), "peyk-team-"))));
  afterAll(() => rm(folder, { recursive: true }));

  teamContract(async () => () => openTeamStore(join(folder, "team.json")));

  test("nobody is let in by a file that can't be understood", async () => {
    const path = join(folder, "broken.json");
    await writeFile(path, '{"version":1,"value":{"members":[{"id":1,"role":"king","at":1}]}}');
    await expect(openTeamStore(path)).rejects.toMatchObject({
      message: expect.stringContaining("broken.json"),
      trouble: { code: "team", with: { path } },
    });
  });
});
