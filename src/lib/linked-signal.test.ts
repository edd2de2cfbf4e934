import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { linkSignals } from "./linked-signal.ts";

test("fires with the first of its sources, and with its reason", () => {
  const [one, other] = [new AbortController(), new AbortController()];
  using link = linkSignals(one.signal, undefined, other.signal);
  expect(link.signal.aborted).toBe(false);
  other.abort(new Error("first"));
  one.abort(new Error("second"));
  expect(link.signal.reason).toEqual(new Error("first"));
});

test("has fired already when one of its sources has", () => {
  using link = linkSignals(AbortSignal.abort(new Error("before")), new AbortController().signal);
  expect(link.signal.reason).toEqual(new Error("before"));
});

test("leaves nothing on its sources", () => {
  const source = new AbortController();
  for (let times = 0; times < 100; times += 1) {
    using link = linkSignals(source.signal);
    expect(link.signal.aborted).toBe(false);
    expect(getEventListeners(source.signal, "abort")).toHaveLength(1);
  }
  expect(getEventListeners(source.signal, "abort")).toEqual([]);
});

test("warns of no leak however many links are there at once", async () => {
  const warnings: Error[] = [];
  const note = (warning: Error): void => void warnings.push(warning);
  process.on("warning", note);
  const source = new AbortController();
  const links = Array.from({ length: 50 }, () => linkSignals(source.signal));
  await new Promise((resolve) => setImmediate(resolve));
  process.off("warning", note);
  for (const link of links) link[Symbol.dispose]();
  expect(warnings).toEqual([]);
});
