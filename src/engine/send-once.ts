import type { Channel, SendRequest } from "../channels/channel.ts";
import type { Claim } from "../domain/journal.ts";
import type { Answer } from "../domain/fault.ts";
import { reasonOfError } from "../domain/reasons/of-error.ts";
import type { Clock } from "../lib/clock.ts";
import type { ClaimRequest, Ledger } from "../storage/stores.ts";
import type { Deadlines } from "./deadlines.ts";
import { Departure } from "./departure.ts";

export interface SendOnceParts {
  readonly channel: Channel;
  readonly ledger: Pick<Ledger, "leave" | "mayStillWrite">;
  readonly clock: Pick<Clock, "now">;
  readonly deadlines: Deadlines;
  readonly sendTimeoutMs: number;
  readonly known: ClaimRequest["known"];
  /** Sending goes on: nobody paused it while the message waited. */
  readonly isOn: () => boolean;
  /** Throws when this process may send no more. */
  readonly beforeSend: () => void;
}

/**
 * Makes the send of a claim and answers what came of it. Silence, exceptions and being cut off are all "may have been
 * delivered" once the call has left, and surely no delivery before.
 */
export async function sendOnce(parts: SendOnceParts, claim: Claim, request: SendRequest): Promise<Answer> {
  const { channel, deadlines, sendTimeoutMs } = parts;
  const departure = departureOf(parts, claim);
  try {
    return await deadlines.run(
      sendTimeoutMs,
      (signal) => channel.send(request, signal, departure.leave),
      (why) => departure.unanswered(why),
    );
  } catch (error) {
    return departure.unanswered(reasonOfError(error));
  }
}

function departureOf({ channel, ledger, clock, known, isOn, beforeSend }: SendOnceParts, claim: Claim) {
  return new Departure({
    waits: channel.manifest.waitsBeforeCall === true,
    mayLeave: () => isOn() && ledger.mayStillWrite(claim, clock.now(), known),
    async mark() {
      const isOpen = await ledger.leave(claim, clock.now());
      // A process that was stopped while it waited may wake up when others have settled it.
      beforeSend();
      return isOpen;
    },
  });
}
