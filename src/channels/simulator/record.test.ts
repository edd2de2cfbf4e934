import { appendFile, mkdtemp, rm, writeFile, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openRecordPlace } from "./record-place.ts";
import { deliveries, readDeliveries, SimulatorRecord } from "./record.ts";

let [folder, file] = ["", ""];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "peyk-record-"));
  file = join(folder, "record.jsonl");
});
afterEach(() => rm(folder, { recursive: true }));

const sara = { account: "a", username: "sara", text: "Hello", dedupKey: "k" };

async function open() {
  const place = await openRecordPlace({
    file,
    keepsDeliveries: true,
    countsAttempts: (username) => username === "sara",
    countsDeliveries: () => 2,
  });
  return Object.assign(new SimulatorRecord(place), {
    place,
    [Symbol.asyncDispose]: () => place[Symbol.asyncDispose](),
  });
}

test("counts attempts on over a restart, for those who are counted", async () => {
  {
    await using record = await open();
    expect([await record.ask(sara, 1), await record.ask(sara, 2)]).toEqual([1, 2]);
  }
  await using record = await open();
  expect(await record.ask(sara, 3)).toBe(3);
  const reza = { ...sara, username: "reza", dedupKey: "r" };
  expect([await record.ask(reza, 4), await record.ask(reza, 5)]).toEqual([1, 1]);
});

test("remembers over a restart what arrived, and when", async () => {
  {
    await using record = await open();
    await record.deliver(sara, 1);
  }
  await using record = await open();
  const seen = await readDeliveries(file);
  expect(await record.deliveriesOf("k")).toEqual(seen);
  expect(await record.deliver(sara, 2)).not.toBe(seen[0]?.messageId);
  await record.deliver(sara, 3);
  expect(await deliveries(file)).toEqual(new Map([["sara", 3]]));
  expect([1, 2, 3].map((nth) => record.place.deliveredAt("a", nth))).toEqual([1, 2, undefined]);
});

test("a line cut off by a power failure is not a delivery", async () => {
  {
    await using record = await open();
    await record.deliver(sara, 1);
  }
  await appendFile(file, '{"e":"delivered","u":"reza"');
  expect(await deliveries(file)).toEqual(new Map([["sara", 1]]));
  await using record = await open();
  await record.deliver({ ...sara, username: "nima" }, 2);
  expect([...(await deliveries(file)).keys()]).toEqual(["sara", "nima"]);
});

test("a record that was never started holds no delivery", async () => {
  expect(await deliveries(file)).toEqual(new Map());
});

test("a line that can't be understood is set aside when people are made up anew, and an error to whoever counts", async () => {
  await writeFile(file, '{"e":"asked","u":"sara","a":"a","key":"k","at":1}\n{"e":"stolen"}\n');
  await expect(deliveries(file)).rejects.toThrow("is no line of a simulator's record");
  await (await open())[Symbol.asyncDispose]();
  expect(await readFile(`${file}.broken-1`, "utf8")).toContain("stolen");
  expect((await deliveries(file)).size).toBe(0);
});
