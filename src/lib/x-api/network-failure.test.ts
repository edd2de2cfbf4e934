import { expect, test } from "vitest";
import { surelyNotLeft } from "./network-failure.ts";

/** As `fetch` throws: an error that says nothing, and the reason beneath it. */
function failed(cause: unknown): Error {
  return new TypeError("fetch failed", { cause });
}

function withCode(code: string, more: object = {}): Error {
  return Object.assign(new Error(code), { code, ...more });
}

test.each([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "UND_ERR_CONNECT_TIMEOUT",
  "CERT_HAS_EXPIRED",
  "CERT_REVOKED",
  "UNABLE_TO_GET_ISSUER_CERT",
  "ERR_TLS_CERT_ALTNAME_INVALID",
])("%s comes before a request can leave", (code) => {
  expect(surelyNotLeft(failed(withCode(code)))).toBe(true);
});

test.each([
  "ECONNRESET",
  "EPIPE",
  "UND_ERR_SOCKET",
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_BODY_TIMEOUT",
  "ETIMEDOUT",
])("%s leaves open whether the request left", (code) => {
  expect(surelyNotLeft(failed(withCode(code)))).toBe(false);
});

test("whatever failed while connecting did not leave", () => {
  expect(surelyNotLeft(failed(withCode("ETIMEDOUT", { syscall: "connect" })))).toBe(true);
  expect(surelyNotLeft(failed(withCode("EHOSTUNREACH", { syscall: "connect" })))).toBe(true);
  expect(surelyNotLeft(failed(withCode("ECONNRESET", { syscall: "read" })))).toBe(false);
});

test("of several addresses each must have been out of reach", () => {
  const refused = withCode("ECONNREFUSED", { syscall: "connect" });
  expect(surelyNotLeft(failed(new AggregateError([refused, refused])))).toBe(true);
  expect(surelyNotLeft(failed(new AggregateError([refused, withCode("ECONNRESET")])))).toBe(false);
});

test("an unknown error proves nothing", () => {
  for (const error of [new Error("?"), "ECONNREFUSED", undefined, failed(undefined)])
    expect(surelyNotLeft(error)).toBe(false);
});

test("a port that fetch itself never calls was never written to", async () => {
  const refused: unknown = await fetch("http://127.0.0.1:6000/", { method: "POST", body: "x" }).catch(
    (error: unknown) => error,
  );
  expect(surelyNotLeft(refused)).toBe(true);
});
