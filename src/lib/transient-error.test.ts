import { expect, test } from "vitest";
import { isTransientError } from "./transient-error.ts";

test.each([
  ["a busy file", withCode("EBUSY"), true],
  ["a full disk", withCode("ENOSPC"), false],
  ["no permission", withCode("EACCES"), false],
  ["a deadlock", withCode("40P01"), true],
  ["a lost connection", withCode("08006"), true],
  ["a broken constraint", withCode("23505"), false],
  ["a missing table", withCode("42P01"), false],
  ["SQLite's words", new Error("database is locked"), true],
  ["a driver's words", new Error("Connection terminated unexpectedly"), true],
  ["wrong data", new Error("invalid input syntax"), false],
  ["no error at all", "locked", false],
])("tells of %s whether it may pass", (_, error, isTransient) => {
  expect(isTransientError(error)).toBe(isTransient);
});

test("looks through what wraps an error", () => {
  expect(isTransientError(new Error("leads.jsonl can't be written", { cause: withCode("EAGAIN") }))).toBe(
    true,
  );
  expect(isTransientError(new Error("the connection is fine", { cause: withCode("ENOSPC") }))).toBe(false);
});

function withCode(code: string): Error {
  return Object.assign(new Error("it failed"), { code });
}
