/**
 * Looks, campaign by campaign, whose follow-up is due and has them written to. All of it is in documents: when somebody
 * was sent a message, what is planned, who answered, who got the follow-up. So a restart goes on where it was, and whatever
 * was due meanwhile is due still. Nothing is decided here about whether somebody may be written to: the claim asks that.
 */
import type { Campaign, CampaignId } from "../../domain/campaign.ts";
import { isUnderWay } from "../../domain/campaign-status.ts";
import { followedBy, hasEnded, letsFollowUp } from "../../domain/follow-up-hold.ts";
import { standsAs } from "../../domain/amending/stands-as.ts";
import { followUpDueAt } from "../../domain/settings/follow-up.ts";
import type { Clock } from "../../lib/clock.ts";
import type { Results } from "../amending/amended-results.ts";
import { sayUnlessAway } from "../away.ts";
import type { DuePerson, GivenTo, GivingParts } from "./give-follow-up.ts";
import { giveFollowUp } from "./give-follow-up.ts";

/** How often it is looked whether a campaign has to be looked at, in ms. */
const EVERY_MS = 60_000;

/** While a campaign still sends, or may again, it is read anew after so long, in ms. */
const READ_AGAIN_MS = 15 * 60_000;

/** Who comes due within so long after others joins together, in ms: each group is a list more in the campaign's document. */
const TOGETHER_MS = 10 * 60_000;

/** So many join at once, so that a campaign of a million keeps nobody waiting. */
const AT_ONCE = 10_000;

export interface FollowUpWatchParts extends GivingParts {
  readonly clock: Clock;
  /** With how each message stands now, and when each person answered first. */
  readonly resultsOf: (id: CampaignId) => Promise<Results | undefined>;
  readonly log: { error(message: string): void };
}

export class FollowUpWatch {
  readonly #parts: FollowUpWatchParts;
  #stopped = new AbortController();
  /** When a campaign has to be looked at again, ms since the epoch. */
  readonly #nextAt = new Map<CampaignId, number>();
  #watching: Promise<void> | undefined;

  constructor(parts: FollowUpWatchParts) {
    this.#parts = parts;
  }

  /** Begins to watch; once is enough, until it is stopped. */
  start(): void {
    if (this.#watching) return;
    this.#stopped = new AbortController();
    this.#nextAt.clear(); // others may have looked since
    this.#watching = this.#watch(this.#stopped.signal);
  }

  async stop(): Promise<void> {
    this.#stopped.abort(new Error("stopped"));
    await this.#watching;
    this.#watching = undefined;
  }

  /** Gives everybody their follow-up who is due now. */
  async lookOnce(): Promise<void> {
    const { campaigns, clock, log } = this.#parts;
    const all = await campaigns.all();
    for (const campaign of all) {
      if (this.#stopped.signal.aborted) return;
      const first = followedBy(campaign, (id) => all.find((one) => one.id === id));
      if (isUnderWay(campaign) && first.some(hasEnded)) await this.#end(campaign);
      if (!campaign.followUps?.length || ![campaign, ...first].every(letsFollowUp)) continue;
      if ((this.#nextAt.get(campaign.id) ?? 0) > clock.now()) continue;
      await this.#look(campaign).catch((error: unknown) =>
        sayUnlessAway(error, () =>
          log.error(`who is to be followed up in ${campaign.id} is not known: ${String(error)}`),
        ),
      );
    }
  }

  async #watch(stopped: AbortSignal): Promise<void> {
    while (!stopped.aborted) {
      await this.lookOnce().catch((error: unknown) =>
        sayUnlessAway(error, () =>
          this.#parts.log.error(`who is to be followed up is not known: ${String(error)}`),
        ),
      );
      await this.#parts.clock.sleep(EVERY_MS, stopped).catch(() => undefined);
    }
  }

  /** What it follows was cancelled, and the process died before this was as well. */
  async #end({ id }: Campaign): Promise<void> {
    const { engine, log } = this.#parts;
    await engine
      .find(id)
      .then((open) => open?.cancel())
      .catch((error: unknown) => log.error(`${id} was not cancelled: ${String(error)}`));
  }

  async #look(campaign: Campaign): Promise<void> {
    const [next] = campaign.followUps ?? [];
    const results = await this.#parts.resultsOf(campaign.id);
    if (!next || !results) return;
    const now = this.#parts.clock.now();
    let nextAt = now + READ_AGAIN_MS;
    const given: GivenTo[] = [];
    let due: DuePerson[] = [];
    for await (const row of results.rows) {
      const { state, at, amended, answeredAt } = row;
      if (answeredAt !== undefined) continue;
      const isTakenBack = standsAs(state, amended) === "takenBack";
      const dueAt = followUpDueAt({ state, isTakenBack, ...(at === undefined ? {} : { at }) }, next);
      if (dueAt === undefined) continue;
      if (dueAt > now) nextAt = Math.min(nextAt, dueAt);
      else due.push(row);
      if (due.length < AT_ONCE) continue;
      given.push(await giveFollowUp(this.#parts, campaign, due));
      due = [];
    }
    given.push(await giveFollowUp(this.#parts, campaign, due));
    const earliest = given.some(({ joined }) => joined > 0) ? now + TOGETHER_MS : now;
    const isMissed = given.some(({ missed }) => missed > 0);
    this.#nextAt.set(campaign.id, isMissed ? now : Math.max(nextAt, earliest));
  }
}
