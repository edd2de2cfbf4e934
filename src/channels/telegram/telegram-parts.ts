/** What the channel is made of. */
import type { Subscriber } from "../../domain/people/subscriber.ts";
import type { Clock } from "../../lib/clock.ts";
import type { PriorityLane } from "../../lib/pace/priority-lane.ts";
import type { BotAccess } from "./bot-api.ts";

/** Who may be written to; a change is made of what is stored, binds at once and is durable when it resolves. */
export interface Audience {
  find(name: string): Promise<Subscriber | undefined>;
  change(id: number, to: (from: Subscriber | undefined) => Subscriber | undefined): Promise<unknown>;
}

export interface TelegramParts {
  readonly access: BotAccess;
  readonly audience: Audience;
  /** Shared with the bot's own chat: Telegram counts both together. */
  readonly lane: PriorityLane;
  readonly clock: Clock;
  /** Pay with Stars for a higher rate (`allow_paid_broadcast`); default false. */
  readonly isPaid?: boolean;
  /** What the button to leave is called for somebody whose Telegram speaks that language; absent: no such button. */
  readonly leaveLabel?: (languageCode: string | undefined) => string;
}
