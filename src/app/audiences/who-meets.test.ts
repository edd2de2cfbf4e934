import { expect, test } from "vitest";
import { createMemoryAudiences, createMemoryTags } from "../../../tests/support/memory-audiences.ts";
import { createMemorySubscribers } from "../../../tests/support/memory-subscribers.ts";
import type { Conditions } from "../../domain/people/audience.ts";
import type { RecipientState } from "../../domain/recipient.ts";
import type { Subscriber } from "../../domain/people/subscriber.ts";
import type { CampaignReads } from "../../storage/ports/reads.ts";
import { audienceList } from "./audience-list.ts";
import { whoMeets } from "./who-meets.ts";

function person(id: number, username: string, more: Partial<Subscriber> = {}): Subscriber {
  return { id, username, firstName: username, state: "active", at: id * 10, ...more };
}

const ali = person(1, "ali", { source: "poster", languageCode: "fa" });
const sara = person(2, "sara", { source: "shop", languageCode: "en-US" });
const reza = person(3, "reza", { source: "poster", languageCode: "de" });
const gone = person(4, "gone", { source: "poster", languageCode: "fa", state: "stopped" });

const outcomes: readonly (readonly [string, RecipientState])[] = [
  ["ali_old", "sent"],
  ["sara", "uncertain"],
  ["reza", "failed"],
  ["gone", "sent"],
];

const whoAnswered = async (id: string) => new Map<string, number>(id === "spring" ? [["ali_old", 5]] : []);

async function open() {
  const subscribers = createMemorySubscribers([{ ...ali, username: "ali_old" }, ali, sara, reza, gone]);
  const reads = {
    async results(id: string) {
      if (id !== "spring") return undefined;
      const rows = outcomes.map(([username, state], ordinal) => ({
        ordinal,
        username,
        state,
        variables: {},
        attempts: 1,
      }));
      return {
        count: rows.length,
        rows: (async function* () {
          yield* rows;
        })(),
      };
    },
  } satisfies Pick<CampaignReads, "results">;
  const tags = createMemoryTags();
  await tags.add("vip", ["id1", "reza"], 1);
  return { subscribers, reads, whoAnswered, tags, audiences: createMemoryAudiences() };
}

test.each<[string, Conditions, readonly string[]]>([
  ["all who have not left", {}, ["ali", "sara", "reza"]],
  ["a link they came by", { sources: ["poster"] }, ["ali", "reza"]],
  ["any of several links", { sources: ["poster", "shop"] }, ["ali", "sara", "reza"]],
  ["a language without its country", { languages: ["en"] }, ["sara"]],
  ["since when they are subscribed", { joinedSince: 20 }, ["sara", "reza"]],
  ["a tag of the person or of the name", { tags: ["vip"] }, ["ali", "reza"]],
  ["no tag", { withoutTags: ["vip"] }, ["sara"]],
  ["who surely got a campaign, whatever they are called now", { got: ["spring"] }, ["ali"]],
  ["who surely did not get it: not whom nobody knows of", { notGot: ["spring"] }, ["reza"]],
  ["who answered a campaign, whatever they are called now", { answered: ["spring"] }, ["ali"]],
  ["who did not answer it", { notAnswered: ["spring"] }, ["sara", "reza"]],
  ["all kinds at once", { sources: ["poster"], tags: ["vip"], notGot: ["spring"] }, ["reza"]],
])("subscribers are found by %s", async (_what, conditions, names) => {
  const met = await whoMeets(await open(), conditions);
  expect(met.map(({ username }) => username)).toEqual(names);
});

test("nobody is found by a campaign that there is not", async () => {
  await expect(whoMeets(await open(), { notGot: ["autumn"] })).rejects.toThrow("autumn");
});

test("an audience of conditions is whoever meets them when it is read, and a list stays as it was kept", async () => {
  const parts = await open();
  const conditions = { sources: ["poster"] };
  await parts.audiences.define({ name: "posters", conditions, at: 1, ask: "1" });
  const rows = [{ username: "nima", values: ["Nima"] }];
  await parts.audiences.keepList({ name: "shop", columns: ["name"], rows, origin: "a.csv", at: 1, ask: "2" });
  const read = async (name: string): Promise<unknown> => {
    const list = await audienceList(parts, name);
    const cells: (readonly string[])[] = [];
    for await (const batch of list?.rows ?? []) for (const row of batch) cells.push(row.cells);
    return list && [list.columns, cells];
  };
  expect(await read("posters")).toEqual([
    ["first_name"],
    [
      ["ali", "ali"],
      ["reza", "reza"],
    ],
  ]);
  await parts.subscribers.change(3, (from) => from && { ...from, state: "stopped" });
  expect(await read("Posters")).toEqual([["first_name"], [["ali", "ali"]]]);
  expect(await read("shop")).toEqual([["name"], [["nima", "Nima"]]]);
  expect(await read("nothing")).toBeUndefined();
});
