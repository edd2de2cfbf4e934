/** An intake whose updates are texts that say what becomes of them, for tests of turns and of restarts. */
import type { Update } from "grammy/types";
import type { Errand } from "../../../src/bot/intake/errand.ts";
import type { IntakeParts } from "../../../src/bot/intake/intake.ts";
import { Intake } from "../../../src/bot/intake/intake.ts";
import type { UpdateSpool } from "../../../src/bot/intake/update-spool.ts";
import type { UpdateWork } from "../../../src/bot/intake/update-work.ts";
import { createVirtualClock } from "../virtual-clock.ts";

export function said(id: number, text: string, chatId = 1): Update {
  const chat = { id: chatId, type: "private" as const, first_name: "Sara" };
  return {
    update_id: id,
    message: { message_id: id, date: 0, chat, from: { ...chat, is_bot: false }, text },
  };
}

/** Errands by the first letter of a text: `!` now, `?` of the public, `?stop` leaves, `/new` opens, `/cancel` leaves, a command none, else it goes on. */
function errandOf({ message }: Update): Errand {
  const text = message?.text ?? "";
  const isPublic = text.startsWith("?");
  const departs = text.startsWith("?stop");
  const of = { chat: String(message?.chat.id), from: isPublic ? "public" : "operator", departs } as const;
  if (isPublic) return { ...of, turn: departs ? "now" : "inTurn", dialogue: "none" };
  if (text.startsWith("!")) return { ...of, turn: "now", dialogue: "none" };
  if (text === "/new") return { ...of, turn: "inTurn", dialogue: "opens" };
  if (text === "/cancel") return { ...of, turn: "now", dialogue: "leaves" };
  if (text.startsWith("x")) return { ...of, turn: "now", dialogue: "leaves", mark: text.slice(1) };
  return { ...of, turn: "inTurn", dialogue: text.startsWith("/") ? "none" : "goesOn" };
}

export interface Scene {
  readonly intake: Intake;
  /** Texts in the order their handling began. */
  readonly begun: string[];
  readonly ended: string[];
  readonly aside: number[];
  /** Lets the handling of a text end. */
  release(this: void, text: string): void;
}

/** Handling that never comes to an end. */
export const stuck = async (work: UpdateWork): Promise<void> =>
  work.while(() => new Promise(() => undefined));

/** An intake whose handlers end at once, but for texts with a `~`, which wait to be released. */
export function openIntake(spool: UpdateSpool, some: Partial<IntakeParts> = {}): Scene {
  const [begun, ended, aside]: [string[], string[], number[]] = [[], [], []];
  const waiting = new Map<string, () => void>();
  const handle = async (work: UpdateWork): Promise<void> => {
    const text = work.update.message?.text ?? "";
    begun.push(text);
    const slow = (): Promise<void> => new Promise((resolve) => waiting.set(text, resolve));
    if (text.includes("~")) await work.while(slow);
    ended.push(text);
  };
  const intake = new Intake({
    spool,
    clock: createVirtualClock(),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    errandOf,
    isDialogueOpen: () => false,
    handle,
    failed: async () => false,
    refused: () => undefined,
    depart: async () => true,
    late: () => undefined,
    setAside: async ({ update_id: id }) => void aside.push(id),
    ...some,
  });
  return { intake, begun, ended, aside, release: (text) => waiting.get(text)?.() };
}
