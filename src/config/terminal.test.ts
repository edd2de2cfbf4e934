import { expect, test } from "vitest";
import { terminalOf } from "./terminal.ts";

test("the language is Peyk's own variable, else the system's in the order that POSIX gives them", () => {
  const system = { LC_ALL: "", LC_MESSAGES: "fa_IR.UTF-8", LANG: "en_GB.UTF-8" };
  expect(terminalOf(system).language).toBe("fa_IR.UTF-8");
  expect(terminalOf({ ...system, PEYK_LANG: "en" }).language).toBe("en");
  expect(terminalOf({ ...system, LC_ALL: "C" }).language).toBe("C");
  expect(terminalOf({})).toEqual({ isBidirectional: false });
});

test("only terminals that are known to set right-to-left text are taken for such", () => {
  expect(terminalOf({ VTE_VERSION: "7006" }).isBidirectional).toBe(true);
  expect(terminalOf({ VTE_VERSION: "5202" }).isBidirectional).toBe(false);
  expect(terminalOf({ KONSOLE_VERSION: "230805" }).isBidirectional).toBe(true);
  expect(terminalOf({ TERM: "xterm-256color" }).isBidirectional).toBe(false);
});
