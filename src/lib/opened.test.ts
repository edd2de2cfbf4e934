import { expect, test } from "vitest";
import { Opened, openTogether } from "./opened.ts";

const closed: string[] = [];
const open = (name: string, problem?: string) => ({
  [Symbol.asyncDispose]: async () => {
    closed.push(name);
    if (problem !== undefined) throw new Error(problem);
  },
});

test("what was opened is closed in reverse when the next can't be, and that is what is told", async () => {
  closed.length = 0;
  const opening = openTogether(async (opened) => {
    opened.hold(open("first"));
    opened.hold(open("second", "the second can't be closed"));
    throw new Error("the third can't be opened");
  });
  await expect(opening).rejects.toThrow("the third can't be opened");
  expect(closed).toEqual(["second", "first"]);
});

test("all of it is closed once, whatever fails, and the first failure is told", async () => {
  closed.length = 0;
  const opened = new Opened();
  for (const name of ["first", "second", "third"]) opened.hold(open(name, `${name} failed`));
  await expect(opened[Symbol.asyncDispose]()).rejects.toThrow("third failed");
  await opened[Symbol.asyncDispose]();
  expect(closed).toEqual(["third", "second", "first"]);
});

test("what could be opened stays open", async () => {
  closed.length = 0;
  expect(await openTogether(async (opened) => (opened.hold(open("first")), "ready"))).toBe("ready");
  expect(closed).toEqual([]);
});
