import { expect, test } from "vitest";
import { answerOf } from "./faults.ts";

const NOW = Date.UTC(2026, 0, 1);
const heard = (status: number, body?: unknown, headers: Record<string, string> = {}) =>
  answerOf({ kind: "answer", status, headers: new Headers(headers), body }, NOW);

test.each([
  [200, { id: "a1" }, { kind: "delivered", messageId: "a1" }],
  [202, { id: " a1 ", more: 1 }, { kind: "delivered", messageId: "a1" }],
  [200, undefined, { kind: "uncertain", why: "gatewayNoId" }],
  [200, { id: "" }, { kind: "uncertain" }],
  [200, { id: "x".repeat(201) }, { kind: "uncertain" }],
  [200, { error: "notFound" }, { kind: "uncertain" }],
  [404, { error: "notFound" }, { kind: "recipient", state: "notFound" }],
  [400, { error: "refused" }, { kind: "recipient", state: "refused" }],
  [400, { error: "rejected" }, { kind: "rejected", why: "gatewayRejects" }],
  [400, { error: "unavailable" }, { kind: "unavailable" }],
  [503, { error: "unavailable" }, { kind: "unavailable" }],
  [503, { error: "notFound" }, { kind: "uncertain" }],
  [500, { error: "unavailable" }, { kind: "uncertain", why: "gatewayFailed" }],
  [502, undefined, { kind: "uncertain" }],
  [504, undefined, { kind: "uncertain" }],
  [401, undefined, { kind: "account", trouble: "loggedOut", why: "gatewaySignature" }],
  [408, undefined, { kind: "uncertain" }],
  [409, undefined, { kind: "uncertain", why: "stillUnderWay" }],
  [413, undefined, { kind: "rejected", why: "messageTooLong" }],
  [302, undefined, { kind: "rejected", why: "gatewayAddress" }],
  [404, undefined, { kind: "rejected", why: "gatewayAddress" }],
  [404, { error: "no such page" }, { kind: "rejected", why: "gatewayAddress" }],
  [418, undefined, { kind: "unexplained" }],
])("reads %s with %j", (status, body, answer) => {
  expect(heard(status, body)).toMatchObject(answer);
});

test("waits as long as it is asked to, and no more than a day", () => {
  const wait = (headers: Record<string, string>): unknown => {
    const answer = heard(429, undefined, headers);
    return answer.kind === "throttled" && answer.retryAt - NOW;
  };
  expect(wait({})).toBe(30_000);
  expect(wait({ "retry-after": "7" })).toBe(7000);
  expect(wait({ "retry-after": "Thu, 01 Jan 2026 00:01:00 GMT" })).toBe(60_000);
  expect(wait({ "retry-after": "9999999" })).toBe(86_400_000);
  expect(heard(400, { error: "tooFast" })).toMatchObject({ kind: "throttled", scope: "account" });
});

test.each([
  ["stoppedBeforeCall", false, { kind: "withdrawn", uncalled: true }],
  ["serviceUnreachable", false, { kind: "unavailable" }],
  ["noAnswerInTime", true, { kind: "uncertain" }],
  ["connectionBroke", true, { kind: "uncertain" }],
  ["stoppedBeforeAnswer", true, { kind: "uncertain" }],
] as const)("takes silence (%s) for no failure once it may have left", (why, mayHaveLeft, answer) => {
  expect(answerOf({ kind: "failure", mayHaveLeft, why }, NOW)).toMatchObject(answer);
});
