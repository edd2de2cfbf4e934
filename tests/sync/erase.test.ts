/** One person out of the copy, on a real PostgreSQL. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { connectTo } from "../../src/storage/postgres/connection.ts";
import { eraseInCopy } from "../../src/storage/postgres/copy/erase-in-copy.ts";
import type { TestPostgres } from "../support/postgres/postgres.ts";
import { startPostgres } from "../support/postgres/postgres.ts";
import type { DataFolder } from "./data-folder.ts";
import { createDataFolder } from "./data-folder.ts";
import { syncOnce } from "./sync-bench.ts";

let server: TestPostgres;
let data: DataFolder;

beforeAll(async () => {
  server = await startPostgres();
  data = await createDataFolder();
});
afterAll(async () => {
  await data[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

test("nothing in the copy says who they were, and everybody is still counted", async () => {
  const connect = () => connectTo(server.url);
  const person = { names: ["ali_gone"], ids: ["77"] };
  const match = { aliasOf: () => "erased_0" };
  await eraseInCopy(connect, person, match); // where nothing was ever copied, nothing is to be erased
  await data.addList("spring", ["ali_gone", "sara"]);
  await data.journal(
    "spring",
    { t: "claim", r: 0, a: "one", n: 1, at: 1 },
    { t: "sent", r: 0, id: "m1", at: 2 },
  );
  await data.suppress({ t: "add", username: "ali_gone", reason: "optedOut", note: "asked", at: 5 });
  await syncOnce({ dataDir: data.path, url: server.url });
  await server.query(
    "insert into peyk_copy.leads (list, source, id, username, collected_at) values ('tea', 'x', '77', 'ali_gone', now())",
  );
  for (let times = 0; times < 2; times++) await eraseInCopy(connect, person, match);
  const tables = ["campaigns", "recipients", "leads", "suppressions", "opt_outs", "positions"];
  const said: string[] = [];
  for (const table of tables) {
    const rows = await server.query(`select to_jsonb(t)::text as row from peyk_copy.${table} t`);
    said.push(JSON.stringify(rows));
  }
  expect(said.filter((text) => text.includes("ali_gone"))).toEqual([]);
  expect(said[1]).toContain("erased_0");
  expect(said[1]).toContain("sara");
});
