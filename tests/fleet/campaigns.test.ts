import { expect, test } from "vitest";
import { FleetCampaigns } from "./campaigns.ts";
import { openFleetX } from "./fleet-x.ts";
import { FleetBot } from "./fleet-bot.ts";
import { FleetApi } from "./fleet-api.ts";
import { peopleOf } from "./people.ts";

test("whoever can be reached and was not is there to opt out, on either channel", async () => {
  const people = peopleOf(20);
  const world = { people, accounts: 1, seed: 1, meet: () => undefined };
  await using x = await openFleetX(world);
  await using bot = await FleetBot.open(world);
  const campaigns = new FleetCampaigns({ api: new FleetApi(1, ""), x, bot, people, waves: 1 });
  const names = campaigns.unreached().map(({ name }) => name);
  expect(names).toContain("person_0");
  expect(names).toContain("reader_0");
  expect(names).not.toContain("person_4");
});
