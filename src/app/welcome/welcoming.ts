/**
 * Has new subscribers join the welcome. Owns the promise that each person joins once ever: who is to join is always what the
 * subscribers say less what the campaign's own list says, so a kill at any moment costs nothing but the step itself.
 */
import { NEWCOMER_COLUMNS, Welcomed, isNewcomer } from "../../domain/people/newcomers.ts";
import type { Campaign, CampaignId } from "../../domain/campaign.ts";
import { isUnderWay } from "../../domain/campaign-status.ts";
import type { Subscriber } from "../../domain/people/subscriber.ts";
import type { Engine } from "../../engine/engine.ts";
import type { Clock } from "../../lib/clock.ts";
import type { CampaignStore } from "../../storage/ports/campaigns.ts";
import type { ListStore } from "../../storage/ports/lists.ts";
import type { SubscriberStore, SuppressionStore } from "../../storage/ports/people.ts";
import type { Welcoming } from "./welcome.ts";

export interface WelcomingParts {
  readonly campaigns: Pick<CampaignStore, "all">;
  readonly engine: Pick<Engine, "find" | "addNames">;
  readonly lists: Pick<ListStore, "create" | "discard">;
  readonly subscribers: Pick<SubscriberStore, "all">;
  readonly suppression: Pick<SuppressionStore, "reasonFor">;
  readonly clock: Pick<Clock, "now" | "sleep">;
  readonly onProblem: (error: unknown) => void;
}

/** After a join that failed, ms. */
const TRY_AGAIN_MS = 30_000;
/** Those who come at about the same time join together, ms. */
const TOGETHER_MS = 2000;

export function createWelcoming(parts: WelcomingParts): Welcoming {
  let stopped = new AbortController();
  /** Read once from each campaign's list, then kept up with what joins. */
  const known = new Map<CampaignId, Welcomed>();
  let [isStarted, isWanted] = [false, false];
  let work: Promise<void> | undefined;

  async function take(): Promise<void> {
    for (const campaign of await parts.campaigns.all())
      if (takesIn(campaign)) await takeInto(parts, campaign, known);
  }
  async function run(): Promise<void> {
    while (isWanted && !stopped.signal.aborted) {
      isWanted = false;
      const pauseMs = await take().then(
        () => TOGETHER_MS,
        (error: unknown) => {
          isWanted = true;
          known.clear(); // what joined before it failed is read anew
          parts.onProblem(error);
          return TRY_AGAIN_MS;
        },
      );
      await parts.clock.sleep(pauseMs, stopped.signal).catch(() => undefined);
    }
    work = undefined;
  }
  const notice = (): void => {
    isWanted = true;
    if (isStarted) work ??= run();
  };
  return {
    take,
    notice,
    start() {
      if (isStarted) return;
      isStarted = true;
      stopped = new AbortController();
      known.clear(); // others may have had people join since
      notice();
    },
    async stop() {
      isStarted = false;
      stopped.abort(new Error("stopped"));
      await work;
    },
  };
}

function takesIn(campaign: Campaign): boolean {
  const { standing } = campaign;
  return standing?.kind === "welcome" && standing.isOff !== true && isUnderWay(campaign);
}

async function takeInto(
  parts: WelcomingParts,
  { id, standing }: Campaign,
  known: Map<CampaignId, Welcomed>,
): Promise<void> {
  const welcomed = known.get(id) ?? (await welcomedBy(parts, id));
  known.set(id, welcomed);
  const since = standing?.since ?? Infinity;
  const joining: { readonly person: Subscriber; readonly name: string }[] = [];
  for await (const person of parts.subscribers.all()) {
    if (!isNewcomer(person, since, welcomed)) continue;
    const name = welcomed.nameFor(person);
    // By their id the do-not-send list would not know whoever stands there by name.
    if (
      person.username !== undefined &&
      name !== person.username &&
      (await parts.suppression.reasonFor(person.username))
    )
      continue;
    welcomed.put(name, person.id);
    joining.push({ person, name });
  }
  if (joining.length === 0) return;
  await using writer = await parts.lists.create(NEWCOMER_COLUMNS);
  const joinedAt = new Date(parts.clock.now()).toISOString();
  for (const { person, name } of joining)
    await writer.add(name, [person.firstName, String(person.id), joinedAt]);
  const { listId } = await writer.finish();
  await parts.engine.addNames(id, {
    listId,
    origin: "subscribers",
    by: "welcome",
    asApproved: true, // what was approved is that whoever subscribes gets it
  });
  await parts.lists.discard(listId);
}

async function welcomedBy({ engine }: WelcomingParts, id: CampaignId): Promise<Welcomed> {
  const welcomed = new Welcomed();
  const open = await engine.find(id);
  if (!open) throw new Error(`the campaign ${id} can't be opened`);
  for await (const { username, variables } of open.ledger.results())
    welcomed.put(username, Number(variables["telegram_id"] ?? NaN));
  return welcomed;
}
