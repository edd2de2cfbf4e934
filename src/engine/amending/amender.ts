/**
 * Takes messages back and mends them: one amendment of a campaign at a time, each a job of its own beside the campaign.
 *
 * running   somebody's message is claimed in the record, then asked about, then settled; entered by begin, resume, recover.
 * paused    entered by a person, or because the account or the text itself is refused; nothing is asked.
 * Whatever was claimed when the process ended is asked again: to ask twice does no harm, and nothing is ever sent anew.
 */
import type { Amendment, AmendmentStatus } from "../../domain/amending/amendment.ts";
import { asksTheSame } from "../../domain/amending/amendment.ts";
import type { CampaignId } from "../../domain/campaign.ts";
import type { Reason } from "../../domain/reasons/reason.ts";
import { troubleAbout } from "../../lib/trouble.ts";
import type { AmendmentLog } from "../../storage/ports/amendments.ts";
import type { AmenderParts } from "./amender-parts.ts";
import { AmendingRun } from "./amending-run.ts";

export type NewAmendment = Pick<Amendment, "kind" | "scope" | "message" | "count" | "by">;

type Asked = Pick<Amendment, "kind" | "scope" | "message">;

export class Amender {
  readonly #parts: AmenderParts;
  readonly #runs = new Map<CampaignId, AmendingRun>();
  /** Changes of one campaign take turns. */
  readonly #turns = new Map<CampaignId, Promise<unknown>>();

  constructor(parts: AmenderParts) {
    this.#parts = parts;
  }

  /** Goes on with what ran when the last process ended. */
  async recover(ids: readonly CampaignId[]): Promise<void> {
    for (const id of ids)
      try {
        for (const unfinished of await this.#parts.amendments.unfinished([id]))
          await this.#inTurn(unfinished, (log) => this.#takeUp(unfinished, log));
      } catch (error) {
        this.#parts.log.error(troubleAbout(id, error));
      }
  }

  /**
   * Begins one; answers its number, or `busy` while another of this campaign is unfinished.
   * @param after How many there were as it was looked at: where others came since, `changed`
   */
  begin(id: CampaignId, wanted: NewAmendment, after?: number): Promise<number | "busy" | "changed"> {
    return this.#inTurn(id, async (log) => {
      const since = sinceThen(log, wanted, after);
      if (since !== undefined) return since;
      if (log.fold.open) return "busy";
      const n = log.fold.all.length + 1;
      await log.record({ t: "begin", n, ...wanted, at: this.#parts.clock.now() });
      this.#tell(id, log, n);
      await this.#takeUp(id, log);
      return n;
    });
  }

  /**
   * Goes on with an unfinished one that asks for the very same, and answers its number; undefined when there is none. What
   * a person paused stays paused. @param after As in {@link begin}
   */
  goOn(id: CampaignId, wanted: Asked, after?: number): Promise<number | "changed" | undefined> {
    return this.#inTurn(id, async (log) => {
      const { open } = log.fold;
      if (!open || !asksTheSame(open, wanted)) return sinceThen(log, wanted, after);
      if (open.status === "paused" && open.why !== undefined)
        await this.#become(id, log, open.number, { status: "running" });
      if (!this.#runs.has(id)) await this.#takeUp(id, log);
      return open.number;
    });
  }

  /** Answers false when there is none that runs; whoever is being asked about settles. */
  pause(id: CampaignId): Promise<boolean> {
    return this.#enter(id, "paused", ["running"]);
  }

  async resume(id: CampaignId): Promise<boolean> {
    const goesOn = await this.#enter(id, "running", ["paused"]);
    if (goesOn) await this.#inTurn(id, (log) => this.#takeUp(id, log));
    return goesOn;
  }

  /** For good: whoever has no ending yet keeps the message. */
  stop(id: CampaignId): Promise<boolean> {
    return this.#enter(id, "stopped", ["running", "paused"]);
  }

  /** Asks nobody anything more; what is under way settles, and what runs goes on after the next start. */
  async close(): Promise<void> {
    await Promise.all([...this.#runs.values()].map((run) => run.end()));
    await Promise.all(this.#turns.values());
  }

  #enter(id: CampaignId, status: AmendmentStatus, from: readonly AmendmentStatus[]): Promise<boolean> {
    return this.#inTurn(id, async (log) => {
      const { open } = log.fold;
      if (!open || !from.includes(open.status)) return false;
      if (status !== "running") await this.#end(id);
      // It may have come to its end while its calls settled.
      if (log.fold.open !== open && log.fold.get(open.number)?.status === "finished") return false;
      await this.#become(id, log, open.number, { status });
      return true;
    });
  }

  async #end(id: CampaignId): Promise<void> {
    await this.#runs.get(id)?.end();
    this.#runs.delete(id);
  }

  async #takeUp(id: CampaignId, log: AmendmentLog): Promise<void> {
    const { open } = log.fold;
    const campaign = await this.#parts.campaigns.get(id);
    const channel = campaign && this.#parts.channels.get(campaign.channel);
    if (open?.status !== "running" || !campaign || !channel) return;
    await this.#end(id);
    const run = new AmendingRun({ ...this.#parts, campaign, log, amendment: open, channel });
    this.#runs.set(id, run);
    // What can't be recorded was reported, and is taken up again at the next start.
    run.over
      .then((ending) => this.#inTurn(id, () => this.#settle(id, log, run, ending)))
      .catch(() => undefined);
  }

  async #settle(
    id: CampaignId,
    log: AmendmentLog,
    run: AmendingRun,
    ending: "through" | "ended" | Reason,
  ): Promise<void> {
    if (this.#runs.get(id) !== run) return;
    this.#runs.delete(id);
    const { open } = log.fold;
    if (ending === "ended" || open?.status !== "running") return;
    const to =
      ending === "through" ? { status: "finished" as const } : { status: "paused" as const, why: ending };
    await this.#become(id, log, open.number, to);
  }

  async #become(
    id: CampaignId,
    log: AmendmentLog,
    n: number,
    to: { readonly status: AmendmentStatus; readonly why?: Reason },
  ): Promise<void> {
    await log.record({ t: "status", n, ...to, at: this.#parts.clock.now() });
    this.#tell(id, log, n);
  }

  #tell(campaignId: CampaignId, { fold }: AmendmentLog, n: number): void {
    const amendment = fold.get(n);
    if (!amendment) return;
    const { kind: what, status, why } = amendment;
    const at = this.#parts.clock.now();
    this.#parts.emit({
      kind: "amending",
      campaignId,
      at,
      what,
      status,
      ...(why === undefined ? {} : { why }),
    });
  }

  #inTurn<T>(id: CampaignId, task: (log: AmendmentLog) => Promise<T>): Promise<T> {
    const before = this.#turns.get(id) ?? Promise.resolve();
    const turn = before.then(async () => task(await this.#parts.amendments.open(id)));
    const over = turn.then(
      () => undefined,
      (error: unknown) => this.#parts.log.error(troubleAbout(id, error)),
    );
    this.#turns.set(id, over);
    void over.then(() => this.#turns.get(id) === over && this.#turns.delete(id));
    return turn;
  }
}

/**
 * What came after the moment it was looked at: nothing (undefined), this very one, which was begun for a request that is
 * done once more, or others. It never undoes those, however late it is done.
 */
function sinceThen(
  { fold }: AmendmentLog,
  wanted: Asked,
  after = fold.all.length,
): number | "changed" | undefined {
  if (fold.all.length === after) return undefined;
  const next = fold.get(after + 1);
  return next && asksTheSame(next, wanted) ? next.number : "changed";
}
