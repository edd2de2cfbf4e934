/** What campaigns ask of whoever reads the answers, and what one campaign makes of it. */
import type { Channel } from "../../channels/channel.ts";
import type { ShutInbox } from "../../domain/people/hearing.ts";
import type { Clock } from "../../lib/clock.ts";
import type { Ledger } from "../../storage/ports/ledger.ts";
import type { WorkEvent } from "../work-event.ts";

export interface Hearing {
  /** Makes ready what claims need to know of a channel whose answers are read; rejects when it can't be known. */
  open(channel: string): Promise<void>;
  /** Reads what was written to these accounts, where that is not known. @param since All that was written before must be */
  read(channel: string, accounts: readonly string[], since: number): void;
  /** What keeps answers from being read, of several inboxes the one that takes longest. */
  trouble(channel: string): Promise<ShutInbox | undefined>;
  /** Calls the listener when an inbox was read to its end or can't be read, until the returned function is called. */
  onChange(listener: (channel: string) => void): () => void;
}

/** What one campaign asks of it. */
export interface CampaignHearing {
  /** The campaign begins to run: what was written until now must be known first. */
  beginsAnew(): void;
  /** What people answered must be known by a reading that began within so many ms. */
  withinMs(): number;
  read(accounts: readonly string[]): void;
  trouble(): Promise<ShutInbox | undefined>;
}

/** Makes what a campaign through this channel asks; undefined where nobody reads answers. */
export function hearingOf(
  hearing: Hearing | undefined,
  { manifest: { name, readsReplies } }: Pick<Channel, "manifest">,
  clock: Pick<Clock, "now">,
): CampaignHearing | undefined {
  if (!hearing || !readsReplies) return undefined;
  let since = clock.now();
  return {
    beginsAnew: () => void (since = clock.now()),
    withinMs: () => clock.now() - since,
    read: (accounts) => hearing.read(name, accounts, since),
    trouble: () => hearing.trouble(name),
  };
}

export interface AnswersParts {
  readonly hearing: Hearing | undefined;
  readonly channel: Pick<Channel, "manifest">;
  readonly ledger: Pick<Ledger, "recall">;
  readonly sending: { readonly isOn: boolean; readonly awaitsAnswers: boolean; lookAgain(): void };
  readonly tell: (event: WorkEvent) => void;
}

/**
 * Has a campaign ask again about whoever was left out, each time an inbox was read or can't be; the operator hears of the
 * latter while somebody waits for it. Until the returned function is called.
 */
export function followAnswers({ hearing, channel, ledger, sending, tell }: AnswersParts): () => void {
  const forget = hearing?.onChange((name) => {
    if (name !== channel.manifest.name) return;
    const { awaitsAnswers } = sending;
    const said = hearing.trouble(name).then((shut) => awaitsAnswers && sending.isOn && tellShut(shut, tell));
    const asked = ledger.recall().then(() => sending.isOn && sending.lookAgain());
    Promise.all([said, asked]).catch((error: unknown) => tell({ kind: "broken", error }));
  });
  return forget ?? (() => undefined);
}

function tellShut(shut: ShutInbox | undefined, tell: AnswersParts["tell"]): void {
  if (!shut) return;
  const { account, until, why } = shut;
  tell({ kind: "unheard", account, why, ...(until === Infinity ? {} : { until }) });
}
