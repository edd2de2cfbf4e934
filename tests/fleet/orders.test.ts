import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Order } from "../../scripts/fleet/orders.ts";
import { askFleet, listenForOrders, orderOf } from "../../scripts/fleet/orders.ts";

test("a fleet is told by another terminal what to do, answers what came of it, and is heard by nobody once it is over", async () => {
  const folder = await mkdtemp(join(tmpdir(), "peyk-orders-"));
  const heard: (Order | undefined)[] = [];
  {
    await using _ = await listenForOrders(folder, (order) => {
      heard.push(order);
      return Promise.resolve(`came: ${order?.deed}`);
    });
    expect(await askFleet(folder, ["kill", "2"])).toBe("came: kill");
    expect(await askFleet(folder, [])).toBe("came: undefined");
  }
  expect(heard).toEqual([{ deed: "kill", worker: 2 }, undefined]);
  expect(await askFleet(folder, ["kill", "2"])).toBeUndefined();
  await rm(folder, { recursive: true });
});

test("an order names a deed and a worker, and nothing else", () => {
  expect(orderOf(["start", "12"])).toEqual({ deed: "start", worker: 12 });
  for (const wrong of [[], ["kill"], ["kill", "0"], ["kill", "x"], ["stop", "1"], ["kill", "1", "2"]])
    expect(orderOf(wrong)).toBeUndefined();
});

test("telling a running fleet compiles nothing: what is under its feet stays, and the campaign is not over by then", async () => {
  const { scripts } = JSON.parse(await readFile(join(import.meta.dirname, "../../package.json"), "utf8"));
  expect(scripts["fleet:tell"]).toBe(scripts["fleet"].split(" && ").at(-1));
});
