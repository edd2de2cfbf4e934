import { expect, test } from "vitest";
import { Departure } from "./departure.ts";

function departing(options: Partial<ConstructorParameters<typeof Departure>[0]> = {}) {
  const marks: string[] = [];
  const departure = new Departure({
    waits: true,
    mayLeave: () => true,
    mark: async () => marks.push("left") > 0,
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

test("is uncertain from the start where nothing tells when the call leaves", () => {
  expect(departing({ waits: false }).departure.unanswered("telegramCut").kind).toBe("uncertain");
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
  expect(await departing({ mayLeave: () => false }).departure.leave()).toBe(false);
  let isOn = true;
  const { departure } = departing({ mayLeave: () => isOn, mark: async () => !(isOn = false) });
  expect(await departure.leave()).toBe(false);
  expect(departure.unanswered("stoppedBeforeAnswer").kind).toBe("withdrawn");
});

test("is written down once, however many calls it takes, and each of them may still be kept back", async () => {
  let isOn = true;
  const { departure, marks } = departing({ mayLeave: () => isOn });
  expect([await departure.leave(), await departure.leave()]).toEqual([true, true]);
  expect(marks).toEqual(["left"]);
  isOn = false;
  expect(await departure.leave()).toBe(false);
});

test("stays when that it leaves can't be written down, or the claim is somebody else's by now", async () => {
  const { departure } = departing({ mark: () => Promise.reject(new Error("ENOSPC")) });
  await expect(departure.leave()).rejects.toThrow("ENOSPC");
  expect(departure.unanswered("connectionBroke").kind).toBe("withdrawn");
  expect(await departing({ mark: async () => false }).departure.leave()).toBe(false);
});
