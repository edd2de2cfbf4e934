import { expect, test } from "vitest";
import type { JsonAnswer } from "../../lib/http/http-json.ts";
import type { SourceFault } from "../source.ts";
import { faultOf } from "./faults.ts";

const NOW = 1_000_000;

function answered(status: number, error?: string, message = "", headers = {}): JsonAnswer {
  const body = error === undefined ? undefined : { error, message };
  return { kind: "answer", status, body, headers: new Headers(headers) };
}

const rows: readonly (readonly [string, JsonAnswer, SourceFault["kind"]])[] = [
  ["an unknown account", answered(400, "InvalidRequest", "Actor not found: x.test"), "targetGone"],
  ["an unknown profile", answered(400, "InvalidRequest", "Profile not found"), "targetGone"],
  ["an unknown post", answered(400, "NotFound", "Post not found: at://…"), "targetGone"],
  ["an account that was taken down", answered(400, "AccountTakedown"), "targetGone"],
  ["an account that left", answered(400, "AccountDeactivated"), "targetGone"],
  ["a suspended account", answered(400, "AccountSuspended"), "targetGone"],
  ["an account that blocks", answered(400, "BlockedByActor"), "targetGone"],
  ["a refused cursor", answered(400, "InvalidRequest", "Malformed cursor"), "badCursor"],
  ["a malformed cursor as it is really answered", answered(500, "InternalServerError"), "unavailable"],
  ["a list only for those logged in", answered(401, "AuthMissing"), "accessLost"],
  ["a bad token", answered(400, "InvalidToken"), "accessLost"],
  ["an expired token", answered(400, "ExpiredToken"), "accessLost"],
  ["a wall in front", answered(403), "accessLost"],
  ["too many questions", answered(429, "RateLimitExceeded", "Rate Limit Exceeded"), "throttled"],
  ["too many questions, said by the edge", answered(429), "throttled"],
  ["a method that a server does not have", answered(501, "MethodNotImplemented"), "accessLost"],
  ["a server of something else", answered(404), "accessLost"],
  ["a refusal in HTML, of something in between", answered(400), "unavailable"],
  [
    "a gateway's refusal in HTML",
    answered(403, undefined, "", { "content-type": "text/html" }),
    "unavailable",
  ],
  [
    "a question refused for another reason",
    answered(400, "InvalidRequest", "Params must be nice"),
    "unclear",
  ],
  ["an error that is not known", answered(400, "SomethingNew", "Oh"), "unclear"],
  ["a breakdown behind", answered(502, "UpstreamFailure"), "unavailable"],
  ["the edge", answered(503), "unavailable"],
  ["an answer that is no JSON", answered(200), "unavailable"],
  ["no answer", { kind: "failure", why: "noAnswerInTime" }, "unavailable"],
];

test.each(rows)("%s", (_name, answer, kind) => {
  const fault = faultOf(answer, NOW);
  expect(fault.kind).toBe(kind);
  expect(fault).not.toHaveProperty("retryAt");
  expect(fault.why).not.toBe("");
});

test("tells those who left from those who are blocked and those who never were", () => {
  const errors = ["AccountDeactivated", "AccountTakedown", "BlockedActor", "NotFound"];
  const faults = errors.map((error) => faultOf(answered(400, error), NOW));
  faults.push(faultOf(answered(400, "InvalidRequest", "Actor not found: x.test"), NOW));
  expect(new Set(faults.map(({ why }) => why)).size).toBe(5);
});

test("comes back at the moment its own header names", () => {
  const headers = { "ratelimit-reset": "1767225600", "retry-after": "7" };
  expect(faultOf(answered(429, "RateLimitExceeded", "", headers), NOW)).toMatchObject({
    retryAt: 1_767_225_600_000,
  });
  expect(faultOf(answered(429, "RateLimitExceeded", "", { "retry-after": "7" }), NOW)).toMatchObject({
    retryAt: NOW + 7000,
  });
});
