/** What campaigns ask of whoever reads the answers, and what one campaign makes of it. */
import type { Channel } from "../../channels/channel.ts";
import type { ShutInbox } from "../../domain/people/hearing.ts";
import type { Clock } from "../../lib/clock.ts";
import type { Ledger } from "../../storage/ports/ledger.ts";
import type { WorkEvent } from "../work-event.ts";

export interface Hearing {
  /** Makes ready what {@link unheardUntil} needs; to be called before the channel's first claim. */
  open(channel: string): Promise<void>;
  /**
   * Until when somebody of these names may not be written to because what they may have answered is not read yet;
   * undefined when they may. Begins to read where that is needed.
   * @param since When the campaign began to run: what was written before then must be known
   */
  unheardUntil(channel: string, names: readonly string[], since: number): number | undefined;
  /** What keeps answers from being read, of several inboxes the one that takes longest. */
  trouble(channel: string): ShutInbox | undefined;
  /** Calls the listener when an inbox was read to its end or can't be read, until the returned function is called. */
  onChange(listener: (channel: string) => void): () => void;
}

/** What one campaign asks of it. */
export interface CampaignHearing {
  /** The campaign begins to run: what was written until now must be known first. */
  beginsAnew(): void;
  readonly unheardUntil: (names: readonly string[]) => number | undefined;
  readonly trouble: () => ShutInbox | undefined;
}

/** Makes what a campaign through this channel asks; undefined where nobody reads answers. */
export function hearingOf(
  hearing: Hearing | undefined,
  channel: string,
  clock: Pick<Clock, "now">,
): CampaignHearing | undefined {
  if (!hearing) return undefined;
  let since = clock.now();
  return {
    beginsAnew: () => void (since = clock.now()),
    unheardUntil: (names) => hearing.unheardUntil(channel, names, since),
    trouble: () => hearing.trouble(channel),
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
    ledger.recall().then(
      () => sending.isOn && sending.lookAgain(),
      (error: unknown) => tell({ kind: "broken", error }),
    );
    const shut = hearing.trouble(name);
    if (!shut || !awaitsAnswers || !sending.isOn) return;
    const { account, until, why } = shut;
    tell({ kind: "unheard", account, why, ...(until === Infinity ? {} : { until }) });
  });
  return forget ?? (() => undefined);
}
