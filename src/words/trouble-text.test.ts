/** What is thrown reaches a Persian reader in Persian, whatever threw it. */
import { expect, test } from "vitest";
import { lexicon } from "../../tests/support/locale-messages.ts";
import { readConfig } from "../config.ts";
import { ForeignFileError } from "../lib/files/private-files.ts";
import { BrokenDocumentError } from "../lib/files/stored-document.ts";
import { withoutDirectionMarks } from "../lib/text/direction-marks.ts";
import { ExternalStoreError } from "../storage/ports/sync.ts";
import { SaidError } from "./said-error.ts";
import { errorText, troubleText } from "./trouble-text.ts";

const { en, fa } = lexicon;

/** What stands outside of the isolates: words of the language. */
const prose = (text: string): string => text.replaceAll(/\u2068[^\u2068\u2069]*\u2069/g, "");

test("says every wrong setting in the reader's language, with its name and value apart", () => {
  const wrong = readConfig({ WEB_PORT: "70000", TIME_ZONE: "Tehran", BOT_TOKEN: "x", DATA_DIR: "~/peyk" });
  const problems = wrong.ok ? [] : wrong.problems;
  expect(problems).toHaveLength(5);
  expect(troubleText(problems[3] ?? { code: "unfit" }, en)).toBe(
    'WEB_PORT: "70000" is not a port (expected 0 to 65535)',
  );
  const said = problems.map((one) => troubleText(one, fa));
  expect(said.join("\n").replaceAll(/\u2068|\u2069/g, "")).toContain(
    'WEB_PORT: مقدار "70000" شمارهٔ درگاه نیست (از ۰ تا ۶۵۵۳۵)',
  );
  for (const text of said) expect(prose(text)).not.toMatch(/[A-Za-z]/);
});

test("says of a server that did not answer whose it is, and not the number of its port", () => {
  const socket = { code: "ECONNREFUSED", syscall: "connect", address: "127.0.0.1", port: 5432 };
  const cause = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:5432"), socket);
  const away = new ExternalStoreError(`PostgreSQL: ${cause.message}`, { reason: "pgUnreachable", cause });
  expect(errorText(away, en)).toBe("PostgreSQL: connect ECONNREFUSED 127.0.0.1:5432");
  expect(errorText(away, fa)).toBe(`${fa.plain("reason-pgUnreachable")}.`);
});

test("says what was thrown by its trouble, by the system's code, by its reason, or as somebody else's words", () => {
  const denied = Object.assign(new Error("EACCES: permission denied, mkdir '/srv/peyk'"), {
    code: "EACCES",
    path: "/srv/peyk",
  });
  const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
  const thrown = [
    denied,
    full,
    new ForeignFileError("data/x"),
    new BrokenDocumentError("data/lease.json", [
      "its version is 7, not 1",
      { code: "otherVersion", with: { found: 7, known: 1 } },
    ]),
    new ExternalStoreError("PostgreSQL: nope (ECONNREFUSED)", { reason: "pgUnreachable" }),
    new TypeError("x is not a function"),
  ];
  for (const error of thrown) expect(prose(errorText(error, fa))).not.toMatch(/[A-Za-z]/);
  expect(withoutDirectionMarks(errorText(denied, fa))).toBe(
    "کاربری که پیک را اجرا می‌کند اجازهٔ دسترسی به /srv/peyk ندارد (EACCES).",
  );
  expect(errorText(denied, en)).toBe("/srv/peyk can't be used: this user lacks the permission (EACCES).");
  expect(errorText(full, en)).toBe(
    "The disk is full, so nothing can be written (ENOSPC). Please make room first.",
  );
  expect(errorText(thrown[5], en)).toBe("x is not a function");
  expect(errorText(new SaidError("همین"), fa)).toBe("همین");
});
