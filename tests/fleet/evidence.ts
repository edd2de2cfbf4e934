/** What X, Telegram and Peyk say of everybody in the end. */
import type { FakeX } from "../support/fake-x/fake-x.ts";
import type { FleetCampaigns } from "./campaigns.ts";
import type { FleetBot } from "./fleet-bot.ts";
import type { Fleet } from "./fleet.ts";
import type { Evidence, SaidOf, SendCall } from "./judge.ts";
import type { FleetPerson } from "./people.ts";

export interface EvidenceParts {
  readonly fleet: Fleet;
  readonly campaigns: FleetCampaigns;
  readonly x: FakeX;
  readonly bot: FleetBot;
  readonly people: readonly FleetPerson[];
}

const BOT = "bot";

type Found = Omit<Evidence, "undecided" | "cap" | "perMinute" | "optOuts" | "pauses">;

export async function evidenceOf({ fleet, campaigns, x, bot, people }: EvidenceParts): Promise<Found> {
  const processes = [fleet.chat, ...fleet.workers];
  const madeBy = (host: string): string => processes.find((one) => one.made({ host }))?.name ?? host;
  const said: SaidOf[] = [];
  for (const campaign of campaigns.all) said.push(...(await fleet.api.results(campaign)));
  const counted = bot.counted();
  return {
    people,
    arrivals: [...arrivalsOnX(x, people), ...bot.arrivals.map((one) => ({ ...one, account: BOT }))],
    calls: [
      ...callsToX(x, madeBy),
      // Whether one came too fast stands among all that Telegram counts.
      ...counted
        .filter(({ isMessage }) => isMessage)
        .map(({ host, at }) => ({ account: BOT, process: madeBy(host), at, isThrottled: false })),
    ],
    counted,
    said,
    told: await fleet.api.told(),
    accounts: x.accountKeys.map(({ name }) => name),
    lives: processes.flatMap(({ lives }) => lives),
  };
}

function arrivalsOnX(x: FakeX, people: readonly FleetPerson[]): Evidence["arrivals"] {
  return people
    .filter(({ channel, kind }) => channel === "x" && kind !== "missing")
    .flatMap(({ name }) =>
      x.received(name).map(({ account, at }) => ({ name, account, at, campaign: "fleet" })),
    );
}

function callsToX(x: FakeX, madeBy: (host: string) => string): readonly SendCall[] {
  return x.calls
    .filter(({ route }) => route === "sendMessage")
    .map(({ account = "nobody", host, at, status, fault }) => {
      const isThrottled = status === 429 && fault === undefined;
      return { account, process: madeBy(host), at, isThrottled };
    });
}
