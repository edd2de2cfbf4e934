import { describe, expect, test } from "vitest";
import { defaultBreakerPolicy } from "../../domain/accounts/breaker.ts";
import { ChannelGate } from "./channel-gate.ts";

function openGate(): ChannelGate {
  const gate = new ChannelGate(defaultBreakerPolicy);
  for (let count = 0; count < 5; count++) gate.failed(gate.begins(), 0, "serviceDown");
  return gate;
}

describe("a channel's gate", () => {
  test("lets one send try after an outage, and the others look again a second later", () => {
    const gate = openGate();
    expect(gate.wait(10)).toEqual({ until: 30_000, why: "serviceDown" });
    expect(gate.wait(30_000).until).toBe(30_000);
    gate.begins();
    expect(gate.wait(30_000).until).toBe(31_000);
  });

  test("counts failures in the order of the answers: one success among them starts the count anew", () => {
    const gate = new ChannelGate(defaultBreakerPolicy);
    for (let count = 0; count < 4; count++) gate.failed(gate.begins(), 0, "serviceDown");
    gate.succeeded(gate.begins());
    for (let count = 0; count < 4; count++) expect(gate.failed(gate.begins(), 0, "serviceDown")).toBe(false);
    expect(gate.failed(gate.begins(), 0, "serviceDown")).toBe(true);
  });

  test("hears nothing from sends that began before it opened, whether they went well or not", () => {
    const gate = new ChannelGate(defaultBreakerPolicy);
    const [good, bad, ...others] = Array.from({ length: 7 }, () => gate.begins());
    for (const generation of others) gate.failed(generation, 0, "serviceDown");
    expect(gate.succeeded(good ?? -1)).toBe(false);
    expect(gate.wait(1).until).toBe(30_000);
    const trial = gate.begins();
    expect(gate.failed(bad ?? -1, 30_000, "noAnswerInTime")).toBe(false);
    expect(gate.wait(30_000).until).toBe(31_000);
    expect(gate.succeeded(trial)).toBe(true);
    expect(gate.wait(30_001).until).toBe(30_001);
    gate.failed(bad ?? -1, 30_002, "xWait");
    for (let count = 0; count < 4; count++) gate.failed(gate.begins(), 30_003, "serviceDown");
    expect(gate.wait(30_003).until).toBe(30_003);
  });

  test("lets another one try when the one that should never asked", () => {
    const gate = openGate();
    const earlier = 0;
    const trial = gate.begins();
    gate.didNotAsk(earlier, 30_000);
    expect(gate.wait(30_000).until).toBe(31_000);
    gate.didNotAsk(trial, 30_000);
    expect(gate.wait(30_000).until).toBe(30_000);
    gate.begins();
    expect(gate.wait(30_000).until).toBe(31_000);
  });

  test("remembers an outage over a restart, and tries anew what was under trial", () => {
    const gate = openGate();
    const again = new ChannelGate(defaultBreakerPolicy, { ...gate.health, accounts: {} });
    expect(again.wait(10)).toEqual({ until: 30_000, why: "serviceDown" });
    expect(again.failed(again.begins(), 30_000, "telegramUnclear")).toBe(true);
    expect(again.wait(30_000).until).toBe(90_000);
    gate.begins();
    const third = new ChannelGate(defaultBreakerPolicy, { ...gate.health, accounts: {} });
    expect(third.wait(30_000).until).toBe(30_000);
    third.begins();
    expect(third.wait(30_000).until).toBe(31_000);
  });

  test("rests as long as the longest wait it was asked for, also after a restart", () => {
    const gate = new ChannelGate(defaultBreakerPolicy);
    expect(gate.rests(5000, "tooFast")).toBe(true);
    expect(gate.rests(4000, "tooFast")).toBe(false);
    const again = new ChannelGate(defaultBreakerPolicy, { ...gate.health, accounts: {} });
    expect(again.wait(10)).toEqual({ until: 5000, why: "tooFast" });
  });
});
