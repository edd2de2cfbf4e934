/**
 * What operators were preparing and did not start: one draft each, on disk after every question that was answered. It
 * outlives the dialogue that it came from, a kill and an update, and is offered the next time.
 */
import { filesOf } from "../app/drafts/draft-extras.ts";
import type { App } from "../app/app.ts";
import type { Clock } from "../lib/clock.ts";
import type { DraftState } from "./conversations/draft-state.ts";
import type { Document, KeptDraft, StoredDrafts } from "./documents.ts";
import { DRAFT_VERSION } from "./documents.ts";
import type { Uploads } from "./uploads.ts";

/** Lists and files of a draft are kept for a week; it is offered for less, so that they are there when it goes on. */
const OFFERED_MS = 6 * 24 * 3_600_000;

interface KeptDraftsParts {
  readonly drafts: Document<StoredDrafts>;
  readonly app: Pick<App, "campaigns" | "hasList" | "discardList">;
  readonly uploads: Uploads;
  readonly clock: Clock;
}

export class KeptDrafts {
  readonly #parts: KeptDraftsParts;

  constructor(parts: KeptDraftsParts) {
    this.#parts = parts;
  }

  /** The operator's draft; undefined when there is none that could be started. */
  async of(operatorId: number): Promise<KeptDraft | undefined> {
    const kept = this.#parts.drafts.get()[String(operatorId)];
    if (!kept || kept.version !== DRAFT_VERSION) return undefined;
    if (this.#parts.clock.now() - kept.since > OFFERED_MS) return undefined;
    const { list, extras } = kept.state;
    // Cut off between the start and what follows it: the list is a campaign's by now.
    const isStarted = (await this.#parts.app.campaigns()).some((one) => one.startedWith === list?.listId);
    if (list && isStarted) return undefined;
    const areThere = await Promise.all(filesOf(extras).map((file) => this.#parts.uploads.has(file)));
    const whole = areThere.every(Boolean) ? kept : withoutMessage(kept);
    return !list || (await this.#parts.app.hasList(list.listId)) ? whole : withoutList(whole);
  }

  /** Keeps how far the operator is. What is not worth to be offered is not kept. @param step The one that comes next */
  async keep(operatorId: number, state: DraftState, step: string): Promise<void> {
    const now = this.#parts.clock.now();
    if (!state.list && state.message === undefined) return;
    await this.#parts.drafts.update((all) => {
      const before = all[String(operatorId)];
      const since = before?.state.list?.listId === state.list?.listId ? (before?.since ?? now) : now;
      return { ...all, [operatorId]: { version: DRAFT_VERSION, at: now, since, step, state } };
    });
  }

  /** Forgets the draft of a campaign that was started: what belonged to it is the campaign's. */
  async started(operatorId: number): Promise<void> {
    await this.#parts.drafts.update((all) =>
      Object.fromEntries(Object.entries(all).filter(([id]) => id !== String(operatorId))),
    );
  }

  /** Throws a draft away with the list and the file that nobody will use. */
  async drop(operatorId: number): Promise<void> {
    const kept = this.#parts.drafts.get()[String(operatorId)];
    if (!kept) return;
    await this.started(operatorId);
    const { list, extras } = kept.state;
    if (list) await this.#parts.app.discardList(list.listId);
    for (const path of filesOf(extras)) await this.#parts.uploads.remove(path);
  }
}

/** The recipients are asked for again; undefined when that leaves nothing. */
function withoutList(kept: KeptDraft): KeptDraft | undefined {
  const { list: _, ...state } = kept.state;
  return state.message === undefined ? undefined : { ...kept, step: "recipients", state };
}

function withoutMessage(kept: KeptDraft): KeptDraft {
  const { message: _, extras: __, ...state } = kept.state;
  return { ...kept, step: "message", state };
}
