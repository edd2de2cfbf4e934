import { expect, test } from "vitest";
import type { XLimits } from "../../lib/x-api/rate-limits.ts";
import type { XAnswer } from "../../lib/x-api/x-client.ts";
import type { SourceFault } from "../source.ts";
import { faultOf } from "./faults.ts";

const NOW = 1_000_000;
const problems = "https://api.twitter.com/2/problems/";

function answered(status: number, body?: unknown, limits: XLimits = {}): XAnswer {
  return { kind: "answer", status, body, limits };
}

function problem(status: number, title: string, type = "about:blank"): XAnswer {
  return answered(status, { title, detail: title, type, status });
}

function partial(title: string, detail: string, type = "resource-not-found"): XAnswer {
  return answered(200, { errors: [{ title, detail, type: `${problems}${type}`, parameter: "usernames" }] });
}

function coded(status: number, code: number, message = ""): XAnswer {
  return answered(status, { errors: [{ code, message }] });
}

function badParameter(name: string): XAnswer {
  return answered(400, {
    errors: [{ parameters: { [name]: ["?"] }, message: "?" }],
    title: "Invalid Request",
  });
}

const rows: readonly (readonly [string, XAnswer, SourceFault["kind"]])[] = [
  ["a name that nobody has", partial("Not Found Error", "Could not find user"), "targetGone"],
  ["a suspended account", partial("Forbidden", "User has been suspended: [b]."), "targetGone"],
  ["a protected account", partial("Authorization Error", "no", "not-authorized-for-resource"), "targetGone"],
  ["a missing account as the guide has it", problem(404, "Not Found"), "targetGone"],
  ["a deleted post", partial("Not Found Error", "Could not find tweet"), "targetGone"],
  ["a question refused by what was asked for", badParameter("query"), "targetGone"],
  ["a question refused by how it is asked", badParameter("tweet.fields"), "accessLost"],
  ["a question refused without a word", problem(400, "Invalid Request"), "accessLost"],
  ["wrong keys", problem(401, "Unauthorized"), "accessLost"],
  ["an expired token", coded(401, 89), "accessLost"],
  ["a suspended account of ours", coded(403, 64), "accessLost"],
  ["a locked account of ours", coded(403, 326), "accessLost"],
  ["keys of the wrong kind", problem(403, "no", `${problems}unsupported-authentication`), "accessLost"],
  [
    "an app without the right",
    problem(403, "no", "https://api.x.com/2/problems/oauth1-permissions"),
    "accessLost",
  ],
  ["an app of no project", problem(403, "no", `${problems}client-forbidden`), "accessLost"],
  ["an app of the old kind", coded(403, 453), "accessLost"],
  ["a refusal without a reason", problem(403, "Forbidden"), "accessLost"],
  ["no credits", problem(402, "CreditsDepleted", `${problems}credits`), "creditsGone"],
  ["a spend cap", problem(403, "SpendCapReached", `${problems}credits`), "creditsGone"],
  ["the month's cap", problem(429, "UsageCapExceeded", `${problems}usage-capped`), "creditsGone"],
  ["too many questions", problem(429, "Too Many Requests"), "throttled"],
  ["too many questions, numbered", coded(429, 88), "throttled"],
  ["an error on their side", problem(500, "Internal Server Error"), "unavailable"],
  ["the edge", answered(503), "unavailable"],
  ["a wall of HTML", answered(403), "unavailable"],
  ["a gateway that asks who one is", answered(401), "unavailable"],
  ["a page of HTML that is not there", answered(404), "unavailable"],
  ["a 200 with nothing in it", answered(200, {}), "unavailable"],
  ["a 200 with HTML", answered(200), "unavailable"],
  ["no answer", { kind: "failure", mayHaveLeft: true, why: "connectionBroke" }, "unavailable"],
];

test.each(rows)("%s", (_name, answer, kind) => {
  const fault = faultOf(answer, { hasCursor: true, now: NOW });
  expect(fault.kind).toBe(kind);
  expect(fault).not.toHaveProperty("retryAt");
  expect(fault.why).not.toBe("");
});

test("a refused page token is the cursor's fault, where one was given", () => {
  for (const name of ["pagination_token", "next_token"]) {
    const body = {
      errors: [{ parameters: { [name]: ["x"] }, message: "is not valid" }],
      title: "Invalid Request",
    };
    expect(faultOf(answered(400, body), { hasCursor: true, now: NOW }).kind).toBe("badCursor");
    expect(faultOf(answered(400, body), { hasCursor: false, now: NOW }).kind).toBe("accessLost");
  }
});

test("waits until every window that is used up begins anew", () => {
  const window = { limit: 300, remaining: 0, resetsAt: NOW + 5000 };
  const throttled = answered(429, {}, { window, retryAt: NOW + 7000 });
  expect(faultOf(throttled, { hasCursor: false, now: NOW })).toMatchObject({ retryAt: NOW + 8000 });
  const past = answered(429, {}, { window: { ...window, resetsAt: NOW - 5000 } });
  expect(faultOf(past, { hasCursor: false, now: NOW })).toMatchObject({ retryAt: NOW + 1000 });
});
