/**
 * Whose turn it is: updates of one chat in order, those of different chats side by side, and what binds at receipt before
 * whatever else of its chat waits.
 *
 * A chat has two lines, `now` and `inTurn`; each has one update in hand, and the next begins when that is done or lets
 * others pass. What binds is never refused, however much waits, and whoever leaves takes back what they asked for before,
 * so that overtaking it changes nothing. Leaving a dialogue ends the work on it, drops what waits for it, and goes first in turn, so that only one
 * update at a time is at work on a dialogue.
 */
import type { UpdateWork } from "./update-work.ts";

interface Line {
  inHand: UpdateWork | undefined;
  waiting: UpdateWork[];
  /** What they mean shows when the update in hand is done. */
  undecided: UpdateWork[];
}

type Chat = Record<"now" | "inTurn", Line>;

export interface QueueParts {
  /** Resolves when the update is done with; never rejects. */
  readonly handle: (work: UpdateWork) => Promise<void>;
  /** The update belonged to a dialogue that was left before its turn came. */
  readonly drop: (work: UpdateWork) => void;
  /** Tells whether a dialogue waits for an answer in the update's chat. */
  readonly isDialogueOpen: (work: UpdateWork) => boolean;
}

/** Updates that may wait in one chat, beside the one in hand; a thousand come within seconds when somebody forwards them. */
const MOST_WAITING = 2000;

export class ChatQueues {
  readonly #parts: QueueParts;
  readonly #chats = new Map<string, Chat>();
  readonly #inHand = new Map<UpdateWork, Promise<void>>();
  #isClosed = false;

  constructor(parts: QueueParts) {
    this.#parts = parts;
  }

  /** Gives an update its place; false when it binds nothing and too many of its chat wait already. */
  add(work: UpdateWork): boolean {
    const chat = this.#chatOf(work);
    const { dialogue, turn, departs } = work.errand;
    if (departs) this.#takeBack(chat);
    if (dialogue === "leaves") this.#leave(chat, work);
    else if (turn === "inTurn" && chat.inTurn.waiting.length >= MOST_WAITING) return false;
    else chat[turn].waiting.push(work);
    this.#serve(work.errand.chat, chat);
    return true;
  }

  /** The updates in hand. */
  get inHand(): readonly UpdateWork[] {
    return [...this.#inHand.keys()];
  }

  /** Resolves when nothing is in hand any more. */
  async idle(): Promise<void> {
    while (this.#inHand.size > 0) await Promise.all(this.#inHand.values());
  }

  /** Begins nothing any more. */
  close(): void {
    this.#isClosed = true;
  }

  #leave(chat: Chat, work: UpdateWork): void {
    const { inHand } = chat.inTurn;
    const isAtDialogue = inHand !== undefined && inHand.errand.dialogue !== "none";
    const { mark } = work.errand;
    // A dialogue is being left already; what this one means shows when that is over.
    if (inHand?.leaves === "dialogue") {
      chat.inTurn.undecided.push(work);
      return;
    }
    if (mark !== undefined && isAtDialogue && inHand.dialogue?.mark !== mark) {
      chat.inTurn.waiting.push(work);
      return;
    }
    if (mark === undefined && !this.#isOpen(chat, work)) {
      work.leaves = "campaign";
      const handedOver = inHand?.handedOver;
      // A campaign that is being started can be cancelled once it is there.
      if (handedOver) void handedOver.then(() => this.#addNow(work));
      else chat.now.waiting.push(work);
      return;
    }
    work.leaves = "dialogue";
    if (isAtDialogue) {
      inHand.stop("left");
      work.left = inHand.dialogue;
    } else inHand?.letOthersPass();
    if (mark === undefined || isAtDialogue) this.#dropWaiting(chat);
    chat.inTurn.waiting.unshift(work);
  }

  /** A dialogue waits, or is being opened, or will be by what waits. */
  #isOpen(chat: Chat, work: UpdateWork): boolean {
    const { inHand, waiting } = chat.inTurn;
    if (inHand?.handedOver) return false;
    const all = inHand ? [inHand, ...waiting] : waiting;
    const isAtWork = inHand?.dialogue !== undefined;
    return (
      isAtWork || all.some(({ errand }) => errand.dialogue === "opens") || this.#parts.isDialogueOpen(work)
    );
  }

  /** Somebody has left: what they said before and nobody has read yet is not read any more. */
  #takeBack(chat: Chat): void {
    const { inHand, waiting } = chat.inTurn;
    for (const one of inHand ? [inHand, ...waiting] : waiting) one.isOvertaken = true;
    this.#drop(chat, ({ errand }) => errand.from === "public");
  }

  #dropWaiting(chat: Chat): void {
    this.#drop(chat, ({ errand }) => errand.dialogue !== "none");
  }

  #drop({ inTurn }: Chat, isMeant: (work: UpdateWork) => boolean): void {
    const dropped = inTurn.waiting.filter(isMeant);
    if (dropped.length === 0) return;
    inTurn.waiting = inTurn.waiting.filter((one) => !isMeant(one));
    for (const one of dropped) this.#parts.drop(one);
  }

  #addNow(work: UpdateWork): void {
    const chat = this.#chatOf(work);
    chat.now.waiting.push(work);
    this.#serve(work.errand.chat, chat);
  }

  #chatOf({ errand }: UpdateWork): Chat {
    const known = this.#chats.get(errand.chat);
    if (known) return known;
    const chat: Chat = {
      now: { inHand: undefined, waiting: [], undecided: [] },
      inTurn: { inHand: undefined, waiting: [], undecided: [] },
    };
    this.#chats.set(errand.chat, chat);
    return chat;
  }

  #serve(name: string, chat: Chat): void {
    for (const line of [chat.now, chat.inTurn]) if (!line.inHand) this.#begin(name, line);
    const isIdle = [chat.now, chat.inTurn].every(({ inHand, waiting }) => !inHand && waiting.length === 0);
    if (isIdle) this.#chats.delete(name);
  }

  #begin(name: string, line: Line): void {
    const work = this.#isClosed ? undefined : line.waiting.shift();
    if (!work) return;
    line.inHand = work;
    const ended = this.#parts.handle(work).finally(() => this.#inHand.delete(work));
    this.#inHand.set(work, ended);
    void Promise.race([ended, work.passed]).then(() => {
      if (line.inHand !== work) return;
      line.inHand = undefined;
      for (const one of line.undecided.splice(0)) this.add(one);
      const chat = this.#chats.get(name);
      if (chat) this.#serve(name, chat);
    });
  }
}
