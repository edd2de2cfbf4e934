/** Three campaigns from the chat, the program killed in two of them, in front of people who write stop. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { ChatOperator } from "../cli/chat-operator.ts";
import type { Compiled } from "../support/runner/compiled.ts";
import { freePort, startProgram } from "../support/running-program.ts";
import type { Where } from "../support/stored.ts";
import { storedCampaign } from "../support/stored.ts";
import { beginInChat } from "./chat-x-campaign.ts";
import type { StopsRun, StopsVerdict } from "./stops.ts";
import { campaigns, listOf, namesOf, openStopsX, Stops } from "./stops.ts";
import { accessTo, sendsAsked } from "./troubled-x.ts";

export interface StopsChatRun extends StopsRun {
  /** `main.ts`. */
  readonly program: Compiled;
}

/** Runs the campaigns one after the other; answers what X says in the end. */
export async function runStopsInChat(run: StopsChatRun): Promise<StopsVerdict & { readonly kills: number }> {
  await using x = await openStopsX(run);
  const folder = await mkdtemp(join(tmpdir(), "peyk-chat-stops-"));
  await writeFile(join(folder, "x-accounts.json"), JSON.stringify(x.accountKeys), { mode: 0o600 });
  const port = await freePort();
  const settings = {
    DATA_DIR: join(folder, "data"),
    WEB_PORT: String(port),
    LOG_LEVEL: "silent",
    ...accessTo(x, folder, run.own),
  };
  const where = { dataDir: settings.DATA_DIR, own: run.own ?? {} };
  const stops = new Stops(x);
  const start = () => {
    stops.runBegins();
    return startProgram(run.program, settings);
  };
  let running = await start();
  const operator = new ChatOperator(running.pageUrl);
  let kills = 0;
  try {
    await operator.write("/start");
    for (const campaign of campaigns) {
      stops.runBegins();
      const before = sendsAsked(x);
      const message = `${campaign}: hello {{username}}`;
      await beginInChat(operator, { id: campaign, names: listOf(run, campaign), message });
      const deaths = campaign === "first" ? 0 : run.kills;
      for (let kill = 1; kill <= deaths; kill += 1) {
        while (sendsAsked(x) < before + kill * 3 && !(await isFinished(where, campaign))) await wait(10);
        await running.kill();
        kills += 1;
        stops.write("during", namesOf(run), 3);
        running = await start();
      }
      while (!(await isFinished(where, campaign))) await wait(50);
      stops.write(campaign === "first" ? "before" : "between", namesOf(run), 8);
    }
    await running.stop();
    return { kills, ...stops.judge(run) };
  } finally {
    await running.kill();
    await rm(folder, { recursive: true });
  }
}

/** By the campaign's own document. */
async function isFinished(where: Where, campaign: string): Promise<boolean> {
  const stored = await storedCampaign(where, campaign).catch(() => undefined); // it is not there yet
  return stored?.["status"] === "finished";
}
