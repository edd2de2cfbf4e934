import { expect, test } from "vitest";
import { createFakeApp } from "../../../tests/support/fake-app/fake-app.ts";
import { createMemoryHistory } from "../../../tests/support/memory-history.ts";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";
import { deedsIn } from "../../domain/history/entry.ts";
import type { AppParts } from "../app-parts.ts";
import { createUseCases } from "../create-app.ts";
import type { Role } from "../../domain/roles/role.ts";
import { NotAllowedError } from "../team/not-allowed.ts";
import { recordedApp } from "./recorded-app.ts";
import { rules } from "./rules.ts";

/** Whatever is asked of it. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nothing of it is used before it is asked for
const anything: AppParts = new Proxy(() => undefined, {
  get: (_, name) => (name === Symbol.toPrimitive ? () => "" : anything),
  apply: () => anything,
}) as unknown as AppParts;

/** Everything that can be asked, `part.call`. */
function callsOf(target: object, before = ""): string[] {
  return Object.entries(target).flatMap(([name, part]) => {
    if (typeof part === "function" && part !== anything) return [`${before}${name}`];
    return typeof part === "object" && part !== null ? callsOf(part, `${before}${name}.`) : [];
  });
}

function ruledOf(ruled: object, before = ""): string[] {
  return Object.entries(ruled).flatMap(([name, rule]: [string, object | string]) =>
    typeof rule === "string" || "deed" in rule ? [`${before}${name}`] : ruledOf(rule, `${before}${name}.`),
  );
}

test("everything that can be asked has a rule, and there is a rule for nothing else", () => {
  const real = callsOf(createUseCases(anything));
  expect(real.length).toBeGreaterThan(60);
  const ruled = ruledOf(rules).filter((one) => !one.startsWith("team."));
  const [whole, others] = [
    ruled.filter((one) => !real.includes(one)),
    real.filter((one) => !ruled.includes(one) && !/^(?:when|team)\./.test(one)),
  ];
  // These are given from outside, as the team is; what is read about time is no deed.
  expect(whole).toEqual(["when", "subscribers.isStop", "sync.status", "sync.start", "sync.stop", "feed"]);
  expect(others).toEqual([]);
});

function open() {
  const clock = createVirtualClock();
  const fake = createFakeApp(clock);
  const history = createMemoryHistory();
  const app = recordedApp(fake, { history, clock, actor: { kind: "library", name: "root" } });
  fake.put("spring", { planned: 3 }, { status: "running" });
  return { fake, history, app, deeds: async () => deedsIn(await history.entries()) };
}

test("a deed is on record before it is done, and how it ended before it is answered", async () => {
  const { app, fake, deeds } = open();
  const seen: unknown[] = [];
  fake.pause = async () => {
    seen.push(...(await deeds()));
    return { ok: true };
  };
  await app.as({ kind: "operator", id: 7, name: "Sara" }, () => app.pause("spring", "7"));
  const by = { kind: "operator", id: 7, name: "Sara" };
  expect(seen).toMatchObject([{ n: 1, deed: "pause", by, about: { campaign: "spring" } }]);
  expect(seen).not.toMatchObject([{ ended: {} }]);
  fake.pause = async () => ({ ok: false, problem: "notNow" });
  await app.pause("spring");
  expect(await deeds()).toMatchObject([
    { ended: { end: "done" } },
    { by: { kind: "library", name: "root" }, ended: { end: "refused", problem: "notNow" } },
  ]);
});

test("what can't be recorded is not done, and what fails is recorded so", async () => {
  const { app, fake, history, deeds } = open();
  fake.cancel = () => Promise.reject(new Error("no disk"));
  await expect(app.cancel("spring")).rejects.toThrow("no disk");
  expect(await deeds()).toMatchObject([{ deed: "cancel", ended: { end: "failed" } }]);
  history.append = () => Promise.reject(new Error("the disk is full"));
  await expect(app.pause("spring")).rejects.toThrow("full");
  expect((await fake.view("spring"))?.campaign.status).toBe("running");
});

test("whose word it is holds for all that is done within it, beside what others do at the same time", async () => {
  const { app, deeds } = open();
  const later = async (id: number): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    await app.suppress.add([`@person_${id}`, "no name!"], "blocked");
  };
  await Promise.all([1, 2].map((id) => app.as({ kind: "operator", id }, () => later(id))));
  expect((await deeds()).map(({ by, about }) => [by, about.people])).toEqual([
    [{ kind: "operator", id: 1 }, ["person_1"]],
    [{ kind: "operator", id: 2 }, ["person_2"]],
  ]);
});

test("whom a deed was about is on record by the name that it is found and erased by, however it was asked for", async () => {
  const { app, fake, deeds } = open();
  const answer = {
    number: 4,
    channel: "simulator",
    account: "sim-1",
    username: "ali",
    text: "stop",
    at: 1,
    key: "1",
  };
  fake.answers.get = async (number) => (number === 4 ? { answer, replies: [] } : undefined);
  for (const number of [4, 5]) await app.answers.reply({ id: "r", answer: number, text: "Bye", by: "7" });
  fake.answers.get = () => Promise.reject(new Error("no disk"));
  await app.answers.reply({ id: "r", answer: 4, text: "Bye", by: "7" });
  expect((await deeds()).map(({ about }) => about)).toEqual([
    { list: "4", people: ["ali"] },
    { list: "5" },
    { list: "4" },
  ]);
});

test("texts of messages and who is on a long list are not recorded", async () => {
  const { app, history } = open();
  await app.change("spring", { message: { text: "a secret text" }, by: "7" });
  await app.suppress.add(
    Array.from({ length: 9 }, (_, n) => `name_${n}`),
    "complaint",
    "a note of mine",
  );
  const kept = JSON.stringify(await history.entries());
  expect(kept).not.toMatch(/secret|name_|note/);
  expect(kept).toContain('"count":9');
});

test("what a role does not allow is not done, whatever it was when the dialogue began, and is on record as refused", async () => {
  const { app, fake, deeds } = open();
  let role: Role | undefined = "operator";
  fake.team.roleOf = () => role;
  await app.as({ kind: "operator", id: 7 }, async () => {
    await app.pause("spring");
    for (role of ["viewer", "approver", undefined] as const) {
      await expect(app.cancel("spring")).rejects.toThrow(NotAllowedError);
      await expect(app.team.give(8, "operator")).rejects.toThrow(NotAllowedError);
    }
    role = "operator";
    await expect(app.team.give(8, "operator")).rejects.toThrow(NotAllowedError);
  });
  expect((await fake.view("spring"))?.campaign.status).toBe("paused");
  expect((await deeds()).slice(1).map(({ ended }) => ended?.problem)).toEqual(Array(7).fill("role"));
});
