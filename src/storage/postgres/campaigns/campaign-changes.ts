/**
 * Which campaigns somebody made or changed, whichever process it was: told at once where its word arrives, and a few seconds
 * later where it is lost.
 */
import type { CampaignId } from "../../../domain/campaign.ts";
import type { Queryable } from "../database.ts";
import type { Wakes } from "../wakes.ts";

const VERSIONS = `select id, version from peyk.campaigns`;

/** What the table's trigger says. */
const TOPIC = "campaigns";

export interface CampaignChanges extends AsyncDisposable {
  /** Calls the listener with each that changed, until the returned function is called. */
  watch(listener: (id: CampaignId) => void): () => void;
}

/** What changes from now on is told. */
export async function openCampaignChanges(
  database: Queryable,
  wakes: Pick<Wakes, "on">,
): Promise<CampaignChanges> {
  const changes = new SeenVersions(database);
  await changes.look();
  return changes.begin(wakes);
}

class SeenVersions implements CampaignChanges {
  readonly #database: Queryable;
  readonly #listeners = new Set<(id: CampaignId) => void>();
  #seen = new Map<CampaignId, number>();
  #looking: Promise<void> | undefined;
  #isWanted = false;
  #listening: Disposable | undefined;

  constructor(database: Queryable) {
    this.#database = database;
  }

  begin(wakes: Pick<Wakes, "on">): this {
    this.#listening = wakes.on(TOPIC, () => {
      this.#isWanted = true;
      this.#looking ??= this.#lookAll().finally(() => (this.#looking = undefined));
    });
    return this;
  }

  watch(listener: (id: CampaignId) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async look(): Promise<void> {
    const { rows } = await this.#database.query<{ id: string; version: number }>(VERSIONS);
    const changed = rows.filter(({ id, version }) => this.#seen.get(id) !== version);
    this.#seen = new Map(rows.map(({ id, version }) => [id, version]));
    for (const { id } of changed) for (const listener of this.#listeners) listener(id);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listening?.[Symbol.dispose]();
    this.#isWanted = false;
    await this.#looking;
  }

  /** What can't be seen now is at the next wake. */
  async #lookAll(): Promise<void> {
    while (this.#isWanted) {
      this.#isWanted = false;
      await this.look().catch(() => undefined);
    }
  }
}
