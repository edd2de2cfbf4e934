import { expect, test } from "vitest";
import { putCampaign, startProcess } from "../../tests/support/engine-bench.ts";
import { namesOf } from "../../tests/support/memory-stores.ts";
import { putList } from "../../tests/support/put-list.ts";
import { createScriptedChannel, yes } from "../../tests/support/scripted/scripted-channel.ts";
import { resumed as resumedBy } from "../domain/campaign-status.ts";
import { forEachState } from "../domain/recipient.ts";

const more = async (lists: Parameters<typeof putList>[0], names: readonly string[]) => ({
  listId: await putList(lists, names),
  origin: "pasted",
  by: "7",
});

const resumed = resumedBy("itself", { counts: forEachState(() => 0), claims: 0, at: 0 });

test("whoever joins as another change opens the campaign anew is there, at whatever moment of it", async () => {
  for (let turns = 0; turns < 40; turns++) {
    const channel = createScriptedChannel({ turn: () => yes });
    const { engine, disk, clock } = startProcess({ channel, concurrency: 1 });
    await engine.start({ ...putCampaign(disk, { names: 3 }), status: "paused", pause: { kind: "operator" } });
    const names = await more(disk.lists, ["zahra"]);
    const added = engine.addNames("spring", names);
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
    await Promise.all([clock.runUntil(added), engine.change("spring", resumed, "goesOn")]);
    await clock.runUntilIdle();
    expect(await added).toMatchObject({ kind: "added", added: 1 });
    expect([...channel.inbox.keys()].toSorted()).toEqual([...namesOf(disk, "spring")].toSorted());
    expect(channel.inbox.size).toBe(4);
  }
});

test("whoever joins while the last one is being written to is written to before the campaign ends", async () => {
  const names: { listId: string; origin: string; by: string }[] = [];
  let added: Promise<unknown> | undefined;
  const channel = createScriptedChannel({
    turn: ({ username }) => {
      if (username === "p2") added = engine.addNames("spring", names[0]!);
      return yes;
    },
  });
  const { engine, disk, clock, events } = startProcess({ channel, concurrency: 1 });
  names.push(await more(disk.lists, ["zahra"]));
  await engine.start(putCampaign(disk, { names: 3 }));
  await clock.runUntilIdle();
  expect(await added).toMatchObject({ kind: "added", added: 1 });
  expect(channel.inbox.size).toBe(4);
  expect(events.filter((one) => one.kind === "status" && one.status === "finished")).toHaveLength(1);
});
