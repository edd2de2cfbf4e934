import { expect, test } from "vitest";
import { externalError } from "./faults.ts";

function coded(code: string, message = "said"): Error {
  return Object.assign(new Error(message), { code });
}

test.each([
  ["08006", true],
  ["08P01", true],
  ["40001", true],
  ["40P01", true],
  ["53100", true],
  ["53300", true],
  ["55P03", true],
  ["57014", true],
  ["57P01", true],
  ["57P02", true],
  ["57P03", true],
  ["25006", true],
  ["25P03", true],
  ["25P04", true],
  ["ECONNREFUSED", true],
  ["ECONNRESET", true],
  ["EPIPE", true],
  ["ETIMEDOUT", true],
  ["EAI_AGAIN", true],
  ["ENOTFOUND", true],
  ["22021", false],
  ["23505", false],
  ["23514", false],
  ["28P01", false],
  ["3D000", false],
  ["42501", false],
  ["42P01", false],
  ["42703", false],
  ["XX000", false],
])("%s is worth another attempt: %s", (code, isTransient) => {
  expect(externalError(coded(code))).toMatchObject({
    isTransient,
    mayHaveDelivered: false,
    message: expect.stringMatching(new RegExp(`^PostgreSQL: said \\(${code}\\)($|\\. )`)),
  });
});

test.each([
  [coded("28000", 'role "peyk" is not permitted to log in'), true],
  [coded("28P01", "password authentication failed"), true],
  [coded("3D000", 'database "peyk" does not exist'), true],
  [coded("57P04", "terminating connection because the database was dropped"), true],
  [coded("55000", 'database "peyk" is not currently accepting connections'), true],
  [coded("CERT_HAS_EXPIRED"), true],
  [new Error("The server does not support SSL connections"), true],
  [coded("55000", "cannot execute in this state"), false],
  [coded("42501", "permission denied for table recipients"), false],
  [coded("42P01", 'relation "peyk.recipients" does not exist'), false],
  [new Error('prepared statement "claim" does not exist'), false],
  [coded("ECONNREFUSED"), false],
  [coded("23505"), false],
])("%s: nobody is let in: %s", (error, isShut) => {
  expect(externalError(error)).toMatchObject({ isShut });
});

test("a lost connection without a code is worth another attempt", () => {
  for (const message of ["Connection terminated unexpectedly", "Query read timeout", "timeout expired"])
    expect(externalError(new Error(message))).toMatchObject({ isTransient: true });
  expect(externalError(new Error("SSL is not supported"))).toMatchObject({ isTransient: false });
});

test("a host with several addresses fails as the first of them", () => {
  const all = new AggregateError([coded("ECONNREFUSED", "connect ECONNREFUSED ::1:5432")]);
  expect(externalError(all)).toMatchObject({ isTransient: true });
});

test.each([
  [new Error("The server does not support SSL connections"), "has no SSL"],
  [
    coded("28000", 'no pg_hba.conf entry for host "10.0.0.1", user "peyk", database "peyk", no encryption'),
    "wants SSL",
  ],
  [coded("08P01", "SSL required"), undefined],
  [coded("08P01", "SSL is required"), "wants SSL"],
  [coded("DEPTH_ZERO_SELF_SIGNED_CERT", "self-signed certificate"), "sslrootcert"],
  [coded("SELF_SIGNED_CERT_IN_CHAIN", "self-signed certificate in certificate chain"), "sslrootcert"],
  [coded("ERR_TLS_CERT_ALTNAME_INVALID", "Hostname/IP does not match"), "another host name"],
  [new Error("SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string"), "DATABASE_URL has none"],
  [
    new Error("SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a non-empty string"),
    "DATABASE_URL has none",
  ],
  [coded("28P01", 'password authentication failed for user "peyk"'), "is wrong"],
  [coded("08P01", "unsupported startup parameter: options"), "session mode"],
  [coded("42501", "permission denied for schema peyk"), "peyk sync --sql"],
])("%s is told with what to do", (error, sentence) => {
  const told = externalError(error);
  expect(told.message).toEqual(expect.stringContaining(sentence ?? "SSL required (08P01)"));
  if (sentence !== undefined) expect(told.isTransient).toBe(false);
});
