import { expect, test } from "vitest";
import type { Subscriber } from "./subscriber.ts";
import { Welcomed, isNewcomer } from "./newcomers.ts";

const ali: Subscriber = { id: 7, firstName: "Ali", username: "ali", state: "active", at: 50 };

test("whoever subscribed since it is on is to be welcomed, each person once", () => {
  const welcomed = new Welcomed();
  expect([49, 50, 51].map((since) => isNewcomer(ali, since, welcomed))).toEqual([true, true, false]);
  expect(isNewcomer({ ...ali, state: "stopped" }, 0, welcomed)).toBe(false);
  welcomed.put("ali_old", 7);
  expect(isNewcomer(ali, 0, welcomed)).toBe(false);
});

test("whoever has a name that another joined under joins by their id", () => {
  const welcomed = new Welcomed();
  welcomed.put("ali", 3);
  expect([welcomed.nameFor(ali), welcomed.nameFor({ ...ali, username: "sara" })]).toEqual(["id7", "sara"]);
});
