import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Fault } from "../../domain/fault.ts";
import type { XLimits } from "../../lib/x-api/rate-limits.ts";
import type { XAnswer } from "../../lib/x-api/x-client.ts";
import { faultOf, faultOfQuestion } from "./faults.ts";

const NOW = Date.UTC(2026, 7, 22, 12);
const MINUTE = 60_000;

function answered(status: number, body: unknown, limits: XLimits = {}): XAnswer {
  return { kind: "answer", status, body, limits };
}

function problem(status: number, detail: string, more: object = {}): XAnswer {
  return answered(status, { title: "Forbidden", type: "about:blank", status, detail, ...more });
}

function numbered(status: number, code: number, message = ""): XAnswer {
  return answered(status, { errors: [{ code, message }] });
}

const type = (name: string) => ({ type: `https://api.twitter.com/2/problems/${name}` });
const ofUser = { resource_type: "user", parameter: "participant_id", value: "1" };
const html = (status: number) => answered(status, undefined);
const refused = { kind: "recipient", state: "refused" } as const;
const notFound = { kind: "recipient", state: "notFound" } as const;
const leaves = { kind: "account", trouble: "loggedOut" } as const;
const locked = { kind: "account", trouble: "locked" } as const;

/** Every row of the table of errors: what happened, what X answers, what it means. */
const cases: readonly (readonly [string, XAnswer, Partial<Fault>])[] = [
  [
    "the request is refused, and nothing of it is named",
    problem(400, "One or more parameters to your request was invalid.", type("invalid-request")),
    { kind: "unexplained", why: "xRefusedQuestion" },
  ],
  [
    "something of the request is named that is not the person",
    answered(400, { errors: [{ parameters: { "dm_event.fields": ["sender_id"] }, message: "?" }] }),
    { kind: "unexplained" },
  ],
  ["400 and no more", answered(400, {}), { kind: "unexplained" }],
  [
    "the id is named as wrong",
    answered(400, {
      errors: [{ parameters: { participant_id: ["1"] }, message: "?" }],
      ...type("invalid-request"),
    }),
    notFound,
  ],
  ["the person is gone", problem(404, "Not Found", type("resource-not-found")), notFound],
  ["the person is gone by name", problem(404, "?", { ...type("resource-not-found"), ...ofUser }), notFound],
  [
    "the person is gone, told with 200",
    answered(200, { errors: [{ ...type("resource-not-found"), ...ofUser }] }),
    notFound,
  ],
  ["the address is gone, and nobody is named", problem(404, "Not Found"), { kind: "unexplained" }],
  [
    "something is gone that is no person",
    problem(404, "Not Found", { ...type("resource-not-found"), resource_type: "dm_conversation" }),
    { kind: "unexplained" },
  ],
  [
    "the text is named as wrong",
    answered(400, {
      errors: [{ parameters: { text: [""] }, message: "$.text: must be 1 to 10000 characters" }],
    }),
    { kind: "rejected" },
  ],
  ["the body is too large", problem(413, "Payload Too Large"), { kind: "rejected" }],
  [
    "the person takes no messages",
    problem(403, "You do not have permission to DM one or more participants."),
    refused,
  ],
  [
    "the person takes no messages, 349",
    numbered(403, 349, "You cannot send messages to this user."),
    refused,
  ],
  ["the person takes no messages, 150", numbered(403, 150), refused],
  [
    "the person takes verified senders only",
    numbered(403, 476, "Sender is not verified to send message requests"),
    refused,
  ],
  [
    "the operation is not permitted",
    problem(403, "This operation is not permitted."),
    { kind: "unexplained" },
  ],
  ["403 and no more", problem(403, "Forbidden"), { kind: "unexplained" }],
  ["another refusal", problem(409, "Conflict"), { kind: "unexplained" }],
  [
    "the spam guard",
    numbered(403, 226, "This request looks like it might be automated."),
    { kind: "account", trouble: "resting", until: NOW + 6 * 60 * MINUTE },
  ],
  ["our account is suspended", numbered(403, 64), locked],
  [
    "our account is suspended, in words",
    problem(403, "Your account is suspended and is not permitted to access this feature."),
    locked,
  ],
  ["our account is locked", numbered(403, 326), locked],
  [
    "our account is locked, in words",
    problem(403, "To protect our users from spam, this account is temporarily locked."),
    locked,
  ],
  [
    "the text was sent before, 151",
    numbered(403, 151, "Whoops! You already said that"),
    { kind: "uncertain" },
  ],
  ["the text was sent before, 187", numbered(403, 187), { kind: "uncertain" }],
  [
    "the text was sent before, in words",
    problem(403, "You are not allowed to create duplicate content."),
    { kind: "uncertain" },
  ],
  [
    "the keys are not accepted",
    answered(401, { title: "Unauthorized", type: "about:blank", status: 401 }),
    leaves,
  ],
  ["the keys are not accepted, 89", numbered(403, 89), leaves],
  ["the keys are not accepted, 32", numbered(403, 32), leaves],
  ["the keys are of the wrong kind", problem(403, "?", type("unsupported-authentication")), leaves],
  [
    "the app may not send",
    problem(
      403,
      "Your client app is not configured with the appropriate oauth1 app permissions",
      type("oauth1-permissions"),
    ),
    leaves,
  ],
  ["the app may not send, 93", numbered(403, 93), leaves],
  [
    "the app is not enrolled",
    problem(403, "?", { ...type("client-forbidden"), reason: "client-not-enrolled" }),
    leaves,
  ],
  ["the app is not enrolled, 453", numbered(403, 453), leaves],
  [
    "no credits are left",
    problem(402, "does not have any credits", { title: "CreditsDepleted", ...type("credits") }),
    { kind: "rejected" },
  ],
  [
    "the spend cap is reached",
    problem(403, "?", { title: "SpendCapReached", ...type("credits"), reset_date: "2026-09-01" }),
    { kind: "throttled", scope: "channel", retryAt: Date.UTC(2026, 8, 1) },
  ],
  [
    "the spend cap is reached, no day told",
    problem(403, "?", { title: "SpendCapReached", ...type("credits") }),
    { kind: "throttled", scope: "channel", retryAt: NOW + 24 * 60 * MINUTE },
  ],
  [
    "the month is used up",
    problem(429, "?", { title: "UsageCapExceeded", ...type("usage-capped"), period: "Monthly" }),
    { kind: "rejected" },
  ],
  [
    "too fast",
    problem(429, "Too Many Requests"),
    { kind: "throttled", scope: "account", retryAt: NOW + MINUTE },
  ],
  ["too fast, 88", numbered(403, 88, "Rate limit exceeded"), { kind: "throttled", scope: "account" }],
  ["too fast, told by the edge", html(429), { kind: "throttled", scope: "account" }],
  ["the service is broken", problem(500, "?", type("internal-error")), { kind: "uncertain" }],
  [
    "the service is broken and says whose fault it is not",
    answered(503, { errors: [type("resource-not-found")] }),
    { kind: "uncertain" },
  ],
  ["the service is down", problem(503, "Service Unavailable"), { kind: "uncertain" }],
  ["a page of the edge", html(502), { kind: "uncertain" }],
  ["a page of the edge that forbids", html(403), { kind: "uncertain" }],
  ["a redirection", html(302), { kind: "uncertain" }],
  ["yes, but not in JSON", html(201), { kind: "uncertain" }],
  ["yes, but no id", answered(201, { data: {} }), { kind: "uncertain" }],
  ["noAnswerInTime", { kind: "failure", mayHaveLeft: true, why: "noAnswerInTime" }, { kind: "uncertain" }],
  [
    "a connection cut after sending",
    { kind: "failure", mayHaveLeft: true, why: "connectionBroke" },
    { kind: "uncertain" },
  ],
  ["nobody reached", { kind: "failure", mayHaveLeft: false, why: "xUnreachable" }, { kind: "unavailable" }],
];

describe("what X answers to a send", () => {
  test.each(cases)("%s", (_name, answer, fault) => {
    expect(faultOf(answer, NOW)).toMatchObject(fault);
  });

  test("waits for the last of the windows that are used up, and as long as it is told to", () => {
    const window = { limit: 15, remaining: 0, resetsAt: NOW + 5 * MINUTE };
    const limits = {
      window,
      accountDay: { ...window, resetsAt: NOW + 9 * MINUTE },
      appDay: { ...window, remaining: 3, resetsAt: NOW + 30 * MINUTE },
    };
    const retryAt = (told: XLimits): number | undefined => {
      const fault = faultOf(answered(429, {}, told), NOW);
      return fault.kind === "throttled" ? fault.retryAt : undefined;
    };
    expect(retryAt(limits)).toBe(NOW + 9 * MINUTE + 1000);
    expect(retryAt({ retryAt: NOW + 20 * MINUTE })).toBe(NOW + 20 * MINUTE);
    expect(retryAt({ window: { ...window, resetsAt: NOW + 1000 } })).toBe(NOW + MINUTE);
  });

  test("nothing but X's own clear no proves that no message left", () => {
    fc.assert(
      fc.property(fc.integer({ min: 500, max: 599 }), fc.constantFrom(64, 88, 226, 349), (status, code) => {
        expect(faultOf(numbered(status, code), NOW).kind).toBe("uncertain");
        expect(faultOf(html(status), NOW).kind).toBe("uncertain");
      }),
    );
  });

  test("shows nothing of what X wrote", () => {
    for (const status of [200, 400, 401, 403, 404, 429, 500]) {
      const body = { title: "our secret", detail: "our secret", errors: [{ message: "our secret" }] };
      expect(JSON.stringify(faultOf(answered(status, body), NOW))).not.toContain("our secret");
    }
  });
});

test("a question that got no answer has sent nothing", () => {
  expect(faultOfQuestion(html(502), NOW).kind).toBe("unavailable");
  expect(faultOfQuestion(numbered(403, 326), NOW)).toMatchObject(locked);
});

test("a pause of a hundred days is cut to about one, and said to be", () => {
  const now = Date.UTC(2026, 0, 1);
  const limits = { retryAt: now + 100 * 86_400_000 };
  const fault = faultOf({ kind: "answer", status: 429, body: {}, limits }, now);
  expect(fault).toMatchObject({ kind: "throttled", retryAt: now + 25 * 3_600_000 });
  expect(fault.why).toBe("xLongWait");
});
