import { expect, test } from "vitest";
import { closest } from "./closest.ts";

const commands = ["new", "status", "pause", "resume", "cancel", "report", "stop"];

test("finds the word with a letter wrong, missing, added or swapped", () => {
  for (const slip of ["pasue", "puase", "paus", "pauze", "paause"])
    expect(closest(slip, commands, 2)).toBe("pause");
  expect(closest("cancle", commands, 2)).toBe("cancel");
  expect(closest("nwe", commands, 2)).toBe("new");
});

test("guesses nothing where too much would have to be wrong", () => {
  expect(closest("weather", commands, 2)).toBeUndefined();
  expect(closest("xy", commands, 2)).toBeUndefined();
  expect(closest("وضعیت", commands, 2)).toBeUndefined();
  expect(closest("", commands, 2)).toBeUndefined();
});

test("takes the closest, and the first of several", () => {
  expect(closest("reort", ["resort", "report"], 2)).toBe("resort");
  expect(closest("report", ["resort", "report"], 2)).toBe("report");
});
