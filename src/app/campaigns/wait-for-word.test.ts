import { expect, test } from "vitest";
import type { ImportRequest } from "../lists/list-report.ts";
import type { Campaign } from "../../domain/campaign.ts";
import type { Ground } from "../../domain/restored-grounds.ts";
import { groundsOf } from "../../domain/restored-grounds.ts";
import { confirmed, putBack, waitingForWord } from "../../domain/restored.ts";

const folder = { madeAt: 1000, at: 2000 };
const plain: Campaign = {
  id: "old",
  createdAt: 500,
  channel: "telegram",
  accounts: [],
  message: "Hi",
  lists: [],
  consent: { statement: "yes", by: "1", at: 1 },
  status: "finished",
  finishedAt: 900,
};
const old = putBack(plain, folder);
const begun: Campaign = { ...plain, id: "since", createdAt: 2500 };
const from = (origin: string, more: Partial<Campaign> = {}): Campaign => ({
  ...plain,
  id: "new",
  createdAt: 3000,
  status: "running",
  lists: [{ file: "list-001.jsonl", count: 1, columns: [], origin, importedAt: 3000 }],
  ...more,
});

/** What a list may be made of: the compiler refuses a table that lacks one. */
const sources: Readonly<
  Record<ImportRequest["source"]["kind"], { origin: string; ground: Ground | undefined }>
> = {
  text: { origin: "pasted", ground: undefined },
  file: { origin: "list.csv", ground: undefined },
  leads: { origin: "leads:tea", ground: undefined },
  subscribers: { origin: "subscribers", ground: undefined },
  audience: { origin: "subscribers@friends", ground: "conditions" },
  campaign: { origin: "campaign:old", ground: "people" },
};
const conditions = { notGot: ["old"] };

test.each(Object.values(sources))(
  "people from $origin go by $ground of what was put back",
  ({ origin, ground }) => {
    const campaign = from(origin);
    const chosen = ground === "conditions" ? { conditions } : {};
    const later = groundsOf({ campaign, folder, all: [old, begun], ...chosen });
    expect(later).toEqual(ground === undefined ? [] : [ground]);
    // The very first one begun there goes by all of it, whoever its people are.
    expect(groundsOf({ campaign, folder, all: [old], ...chosen })).toContain("first");
    // Once somebody has said of the old one that it may go on, nothing is asked for its sake.
    const sure = confirmed(2100)(old)!;
    expect(groundsOf({ campaign, folder, all: [sure, begun], ...chosen })).toEqual([]);
  },
);

test("who leaves out those whom one that was put back wrote to goes by it", () => {
  const campaign = from("pasted", { excludes: ["old"] });
  expect(groundsOf({ campaign, folder, all: [old, begun] })).toEqual(["leftOut"]);
});

test("a word that is still waited for is none, and one that was given is given once", () => {
  const waiting = waitingForWord(begun, folder, 2500);
  expect(groundsOf({ campaign: from("pasted"), folder, all: [old, waiting] })).toEqual(["first"]);
  const sure = confirmed(2600)(waiting)!;
  expect(groundsOf({ campaign: from("pasted"), folder, all: [old, sure] })).toEqual([]);
});

test("what waits is paused with that reason, keeps its start to come, and a welcome those it is for", () => {
  const schedule = { at: 9000, timeZone: "UTC", by: "1", setAt: 1 };
  const later = waitingForWord(from("pasted", { status: "scheduled", schedule }), folder, 3000);
  expect(later).toMatchObject({
    status: "paused",
    pause: { kind: "restored", madeAt: 1000 },
    pausedAt: 3000,
  });
  expect(confirmed(3100)(later)).toMatchObject({ status: "scheduled", schedule });
  const standing = { kind: "welcome", since: 3000, turnedAt: 3000 } as const;
  const welcome = waitingForWord(from("subscribers", { standing }), folder, 3000);
  expect(welcome).toMatchObject({ status: "paused", standing });
  expect(confirmed(3100)(welcome)).toMatchObject({ status: "running", standing });
});
