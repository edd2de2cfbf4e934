import type { SendRequest } from "../../channels/channel.ts";
import type { Claim } from "../../domain/journal.ts";
import type { Answer } from "../../domain/fault.ts";
import { reasonOfError } from "../../domain/reasons/of-error.ts";
import { Departure } from "./departure.ts";
import type { Deadlines } from "./deadlines.ts";
import type { SendingParts } from "./sending-parts.ts";

/** The campaign that a message is of. */
export interface Sender {
  readonly parts: SendingParts;
  readonly deadlines: Deadlines;
  /** Sending goes on: nobody paused it while the message waited. */
  readonly isOn: boolean;
}

/**
 * Makes the send of a claim and answers what came of it. Silence, exceptions and being cut off are all "may have been
 * delivered" once the call has left, and surely no delivery before.
 */
export async function sendOnce(sender: Sender, claim: Claim, request: SendRequest): Promise<Answer> {
  const { channel, ledger, sendTimeoutMs } = sender.parts;
  const departure = new Departure({
    isOn: () => sender.isOn,
    mayLeave: () => ledger.leave(claim),
  });
  try {
    const leaving = channel.manifest.waitsBeforeCall === true || departure.leave();
    if (leaving !== true && !(await leaving)) return departure.unanswered("stoppedBeforeCall");
    return await sender.deadlines.run(
      sendTimeoutMs,
      (signal) => channel.send(request, signal, departure.leave),
      (why) => departure.unanswered(why),
    );
  } catch (error) {
    return departure.unanswered(reasonOfError(error));
  }
}
