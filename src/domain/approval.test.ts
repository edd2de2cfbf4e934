import { expect, test } from "vitest";
import {
  approvable,
  approved,
  asForeseen,
  asIfApproved,
  lacksApproval,
  sentBack,
  startedEarly,
  whyNotApproved,
} from "./approval.ts";
import type { Campaign } from "./campaign.ts";
import type { Counts } from "./recipient.ts";
import { held, pausedBy, resumed } from "./campaign-status.ts";

const campaign: Campaign = {
  id: "spring",
  createdAt: 1,
  createdBy: 1,
  channel: "simulator",
  accounts: [{ name: "one", caps: { perDay: 4 } }],
  message: "Hi",
  lists: [],
  consent: { statement: "they asked", by: "1", at: 1 },
  status: "paused",
  pause: { kind: "approval" },
  approval: {},
};

const unknown: Partial<Campaign> & { readonly later: boolean } = { later: true };

const nobody: Counts = {
  planned: 0,
  claimed: 0,
  sent: 0,
  failed: 0,
  notFound: 0,
  refused: 0,
  uncertain: 0,
  skipped: 0,
};

const given = (one: Campaign): Campaign => approved("2", approvable(one), 5)(one) ?? one;

test("goes on as it stands once somebody else has approved it, whatever happens to it on its way", () => {
  const approvedOne = given(campaign);
  expect(approvedOne).toMatchObject({ status: "running", approval: { given: { by: "2", at: 5 } } });
  expect(lacksApproval(approvedOne)).toBe(false);
  const paused = pausedBy("1")(approvedOne);
  const onItsWay = [
    paused,
    paused && resumed("itself", { claims: 7, at: 9, counts: nobody })(paused),
    { ...approvedOne, status: "finished", finishedAt: 9 } as const,
  ];
  expect(onItsWay.map((one) => one && lacksApproval(one))).toEqual([false, false, false]);
});

test.each<[string, Partial<Campaign>]>([
  ["another text", { message: "Hello" }],
  [
    "more names",
    { lists: [{ file: "more.jsonl", origin: "more.csv", count: 1, columns: [], importedAt: 1 }] },
  ],
  ["another account or limit", { accounts: [{ name: "one", caps: { perDay: 5 } }] }],
  ["another moment", { schedule: { at: 9, timeZone: "UTC", by: "1", setAt: 2 } }],
  ["buttons under it", { extras: { buttons: [{ label: "a", url: "https://a.example" }] } }],
  ["other people left out", { excludes: ["winter"] }],
  ["another word on their consent", { consent: { statement: "they bought", by: "1", at: 1 } }],
  ["no stop after the first few any more, or another", { tryFirst: { count: 9, upTo: 9 } }],
  ["a higher spend cap", { spendCap: 9 }],
  ["what nobody has thought of yet", unknown],
])("%s voids the approval, and holds it before the next claim", (_, change) => {
  const changed = { ...given(campaign), ...change };
  expect(lacksApproval(changed)).toBe(true);
  expect(held({ kind: "approval" })(changed)).toMatchObject({
    status: "paused",
    pause: { kind: "approval" },
  });
});

test("goes on after the first few as was foreseen, with all or with as many again, and with nothing else", () => {
  const tried = given({ ...campaign, tryFirst: { count: 2, upTo: 2 }, guardRails: { declined: 9 } });
  const waits = held({ kind: "triedFirst", upTo: 2 })(tried)!;
  const word = (way: "all" | "more") =>
    asForeseen(resumed(way, { claims: 2, at: 9, counts: { ...nobody, sent: 2 } }))(waits)!;
  expect(word("more").tryFirst).toEqual({ count: 2, upTo: 4 });
  expect(word("all").tryFirst).toBeUndefined();
  expect([word("more"), word("all")].map(lacksApproval)).toEqual([false, false]);
  const otherwise = asForeseen((from) => ({ ...from, tryFirst: { count: 9, upTo: 9 }, message: "Other" }));
  expect(lacksApproval(otherwise(waits)!)).toBe(true);
  const changed = { ...waits, message: "Other" };
  expect(lacksApproval(asForeseen((from) => from)(changed)!)).toBe(true);
});

test("what an older version approved stays so as far as it went, and is void by a change like any other", () => {
  const before = approvable(campaign).replace('"consent":"they asked",', "");
  const old = { ...campaign, approval: { given: { by: "2", at: 5, of: before } } };
  expect(lacksApproval(old)).toBe(false);
  expect(lacksApproval({ ...old, message: 'Hi "consent": yes' })).toBe(true);
  const without = { by: "2", at: 5, of: approvable({ ...campaign, message: 'Hi "consent":' }) };
  const other = { ...campaign, message: 'Hi "consent":', consent: { ...campaign.consent, statement: "" } };
  expect(lacksApproval({ ...other, approval: { given: without } })).toBe(true);
});

test("nobody approves their own, nor what they have not seen, nor twice", () => {
  const seen = approvable(campaign);
  expect(whyNotApproved(campaign, { by: "1", seen })).toBe("own");
  const earlierConsents = [{ statement: "they asked", by: "2", at: 0 }];
  expect(whyNotApproved({ ...campaign, earlierConsents }, { by: "2", seen })).toBe("own");
  const changed: Campaign = { ...campaign, revisions: [{ number: 1, at: 2, by: "2", what: ["message"] }] };
  expect(whyNotApproved(changed, { by: "2", seen })).toBe("own");
  expect(whyNotApproved({ ...campaign, message: "Other" }, { by: "3", seen })).toBe("changed");
  expect(whyNotApproved(given(campaign), { by: "3", seen })).toBe("notNow");
  expect(approved("1", seen, 1)(campaign)).toBeUndefined();
});

test("sent back, it says why until it is approved; what was under way before goes on as it stands", () => {
  const back = sentBack("2", "too long", 3)(campaign);
  expect(back).toMatchObject({ status: "paused", approval: { sentBack: { reason: "too long" } } });
  expect(back && given(back).approval?.sentBack).toBeUndefined();
  const { approval: _, pause: __, ...before } = campaign;
  const marked = asIfApproved({ ...before, status: "running" }, 4);
  expect(marked && lacksApproval(marked)).toBe(false);
  expect(marked && lacksApproval({ ...marked, message: "Other" })).toBe(true);
});

test("started before its time, it is not what was approved", () => {
  const { pause: _, ...rest } = campaign;
  const schedule = { at: 99, timeZone: "UTC", by: "1", setAt: 2 };
  const later = given({ ...rest, status: "scheduled", schedule });
  expect(lacksApproval(later)).toBe(false);
  const early = startedEarly(later);
  expect(early?.status).toBe("running");
  expect(early && lacksApproval(early)).toBe(true);
});
