/**
 * The port to what operators wrote back to people. A reply is claimed by one caller at most, on disk before the call, and
 * what is sent, failed or uncertain is never claimed again; what is uncertain is settled once more at most, by what was found. Whoever is erased has their replies' texts erased as well, by
 * the numbers of their answers. What writes resolves when it is durable.
 */
import type { AskedReply, OwnReply, ReplyEnding } from "../../domain/people/own-reply.ts";

export interface OwnReplyStore extends AsyncDisposable {
  /** False, and nothing changes, when a reply of this id was asked for before. */
  ask(reply: AskedReply): Promise<boolean>;
  get(id: string): Promise<OwnReply | undefined>;
  /** Replies to one answer, the oldest first. */
  to(answer: number): Promise<readonly OwnReply[]>;
  /** Those that are planned or claimed, uncertain and not left to the operator, or of whose end nobody was told. */
  open(): Promise<readonly OwnReply[]>;
  /** True for one caller: the call may be made. */
  claim(id: string, at: number): Promise<boolean>;
  /** Says what came of it, which nobody was told then; false when it was settled before for good. */
  settle(id: string, ending: ReplyEnding, at: number): Promise<boolean>;
  /** Whoever asked knows how it ended. */
  told(id: string, at: number): Promise<void>;
  /** Takes the texts of what was written to these answers out for good. */
  erase(answers: readonly number[]): Promise<void>;
}
