import fc from "fast-check";
import { expect, test } from "vitest";
import { problemIn } from "./problem.ts";

test("reads a problem of version 2, whichever host its kind is named with", () => {
  for (const host of ["api.x.com", "api.twitter.com"]) {
    const body = {
      title: "CreditsDepleted",
      detail: "none left",
      type: `https://${host}/2/problems/credits`,
      account_id: 7,
    };
    expect(problemIn(402, body)).toMatchObject({ status: 402, isJson: true, types: ["credits"], codes: [] });
  }
});

test("reads problems inside a list, with or without one around it", () => {
  const inner = {
    title: "Not Found Error",
    type: "https://api.twitter.com/2/problems/resource-not-found",
    parameter: "usernames",
    value: "b",
  };
  expect(problemIn(200, { errors: [inner] })).toMatchObject({
    types: ["resource-not-found"],
    parameters: ["usernames"],
  });
  const outer = {
    errors: [{ message: "is no id", parameters: { participant_id: ["x"] } }],
    title: "Invalid Request",
    type: "https://api.x.com/2/problems/invalid-request",
  };
  expect(problemIn(400, outer)).toMatchObject({
    types: ["invalid-request"],
    parameters: ["participant_id"],
    words: "Invalid Request | is no id",
  });
});

test("reads the numbers of version 1 and the words of the login", () => {
  expect(problemIn(429, { errors: [{ code: 88, message: "Rate limit exceeded" }] })).toMatchObject({
    codes: [88],
    words: "Rate limit exceeded",
  });
  expect(problemIn(400, { error: "invalid_request", error_description: "was invalid" }).words).toBe(
    "invalid_request | was invalid",
  );
});

test("names no kind where the service names none, and finds the day of a cap", () => {
  const body = { type: "about:blank", title: "SpendCapReached", reset_date: "2026-09-01" };
  expect(problemIn(403, body)).toMatchObject({ types: [], resetDate: "2026-09-01" });
  expect(problemIn(403, { ...body, reset_date: "soon" })).not.toHaveProperty("resetDate");
});

test("tells an answer of the service from one that is no JSON", () => {
  expect(problemIn(503, undefined)).toMatchObject({ isJson: false, words: "" });
  expect(problemIn(503, "down")).toMatchObject({ isJson: true, words: "" });
});

test("understands any body whatever", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (body) => {
      expect(problemIn(400, body).status).toBe(400);
    }),
  );
});
