import { expect, test } from "vitest";
import { Departure } from "./departure.ts";

function departing(options: Partial<ConstructorParameters<typeof Departure>[0]> = {}) {
  const marks: string[] = [];
  const departure = new Departure({
    isOn: () => true,
    mayLeave: async () => marks.push("left") > 0,
    ...options,
  });
  return { departure, marks };
}

test("is surely no delivery as long as it waits, and uncertain once it has left", async () => {
  const { departure } = departing();
  expect(await departure.leave()).toBe(true);
  expect(departure.unanswered("noAnswerInTime")).toEqual({ kind: "uncertain", why: "noAnswerInTime" });
  const waiting = departing().departure;
  expect(waiting.unanswered("noAnswerInTime")).toEqual({
    kind: "withdrawn",
    why: "noAnswerInTime",
    uncalled: true,
  });
});

test("leaves never once nobody waits for the answer, also when that ends while it is written down", async () => {
  const late = departing();
  late.departure.unanswered("noAnswerInTime");
  expect(await late.departure.leave()).toBe(false);
  expect(late.marks).toEqual([]);
  const crossing = departing();
  const leaving = crossing.departure.leave();
  expect(crossing.departure.unanswered("noAnswerInTime").kind).toBe("withdrawn");
  expect(await leaving).toBe(false);
});

test("stays when the campaign was paused or the person opted out, also while it is written down", async () => {
  expect(await departing({ isOn: () => false }).departure.leave()).toBe(false);
  let isOn = true;
  const { departure } = departing({ isOn: () => isOn, mayLeave: async () => !(isOn = false) });
  expect(await departure.leave()).toBe(false);
  expect(departure.unanswered("stoppedBeforeAnswer").kind).toBe("withdrawn");
});

test("is asked for before each call that it takes, and each of them may still be kept back", async () => {
  let isOn = true;
  const { departure, marks } = departing({ isOn: () => isOn });
  expect([await departure.leave(), await departure.leave()]).toEqual([true, true]);
  expect(marks).toEqual(["left", "left"]);
  isOn = false;
  expect(await departure.leave()).toBe(false);
});

test("stays when that it leaves can't be written down, or the claim is somebody else's by now", async () => {
  const { departure } = departing({ mayLeave: () => Promise.reject(new Error("ENOSPC")) });
  await expect(departure.leave()).rejects.toThrow("ENOSPC");
  expect(departure.unanswered("connectionBroke").kind).toBe("withdrawn");
  expect(await departing({ mayLeave: async () => false }).departure.leave()).toBe(false);
});
