/**
 * From which status a campaign may go to which. Each rule answers what it becomes; undefined where it is not for it.
 *
 * scheduled entered when a moment is set for the start; left when it is there, by the operator, or as paused when nobody
 *           was there in time.
 * running   entered by start, resume and retry; left by pause and cancel, or when nobody is planned any more.
 * paused    entered by the operator and left by resume; or entered because nobody may send, and left by itself when an
 *           account is back; or entered because something could not be recorded or the message was rejected; or because
 *           something holds it until a person has looked, and left by their word.
 * finished  entered when all are settled; left when the operator retries or sends again.
 * cancelled entered by the operator, never left.
 */
import type { Campaign, CampaignStatus, PauseReason } from "./campaign.ts";
import { goesOn, isWaiting } from "./may-send.ts";
import type { Look, WayOn } from "./settings/after-look.ts";
import { afterLook } from "./settings/after-look.ts";
import type { Hold } from "./settings/holds.ts";
import type { Schedule } from "./when/schedule.ts";
import { awaitsStart } from "./when/schedule.ts";

/** A change of a campaign as it stands: what it becomes, or undefined, and it stays as it is. */
export type StatusChange = (from: Campaign) => Campaign | undefined;

/** True for what an operator may stop: it sends, or will by itself or by their word. */
export function isUnderWay({ status }: Pick<Campaign, "status">): boolean {
  return status === "scheduled" || status === "running" || status === "paused";
}

/** True where a campaign was paused because there was no room on the disk. */
export function lacksRoom({ status, pause }: Campaign): boolean {
  return status === "paused" && pause?.kind === "storage" && pause.why === "diskFull";
}

/** A person's pause; it takes the place of any other. */
export function pausedBy(by: string | undefined): StatusChange {
  return (from) => {
    const waitsForWord = from.pause?.kind === "operator" || from.pause?.kind === "restored";
    if (!isUnderWay(from) || from.status === "scheduled" || waitsForWord) return undefined;
    return entered(from, "paused", { pause: { kind: "operator", ...(by === undefined ? {} : { by }) } });
  };
}

/** A pause for a reason other than a person's word: only what runs is paused. */
export function pausedFor(pause: PauseReason): StatusChange {
  return (from) => (from.status === "running" ? entered(from, "paused", { pause }) : undefined);
}

/** The same for a reason that ends by itself: what waits for another waits for this one from now on. */
export function waitsFor(pause: PauseReason): StatusChange {
  return (from) => (goesOn(from) ? entered(from, "paused", { pause }) : undefined);
}

/** The same where several processes send for the campaign and come to wait for the same: one of them says so. */
export function waitsAmongMany(pause: PauseReason): StatusChange {
  return (from) => (from.pause?.kind === pause.kind && isWaiting(from) ? undefined : waitsFor(pause)(from));
}

/** What is yet to start starts, because it is due or because the operator says so. */
export const started: StatusChange = (from) => (awaitsStart(from) ? entered(from, "running") : undefined);

/** What is yet to start, does so at this moment. */
export function scheduledFor(schedule: Schedule): StatusChange {
  return (from) => (awaitsStart(from) ? { ...entered(from, "scheduled"), schedule } : undefined);
}

/** Of what is due: it starts, or was missed and the operator is asked. Moved meanwhile, it stays as it is. */
export function due(schedule: Schedule, what: "start" | "ask"): StatusChange {
  return (from) => {
    const { status, schedule: set } = from;
    if (status !== "scheduled" || set?.at !== schedule.at || set.setAt !== schedule.setAt) return undefined;
    return what === "start"
      ? started(from)
      : entered(from, "paused", { pause: { kind: "missedStart", due: schedule.at } });
  };
}

/** Something holds it until a person has looked; what runs or waits is paused for it. */
export function held(hold: Hold): StatusChange {
  return (from) => (goesOn(from) ? entered(from, "paused", { pause: hold }) : undefined);
}

/**
 * A paused campaign goes on; where it waited for a person's word, in the way that was given. One that was put back from a
 * backup goes on by another word alone, see restored.ts.
 */
export function resumed(way: WayOn | "itself", look: Look): StatusChange {
  const after = (from: Campaign): Campaign => (way === "itself" ? from : afterLook(from, way, look));
  return (from) =>
    from.status === "paused" && !from.restored ? entered(lookedAt(after(from)), "running") : undefined;
}

/** A campaign that waits goes on by itself; a person's pause stays. */
export const goneOn: StatusChange = (from) => (isWaiting(from) ? entered(from, "running") : undefined);

/** A finished campaign has somebody to send to again. */
export const takenUpAgain: StatusChange = (from) =>
  from.status === "finished" ? entered(lookedAt(from), "running") : undefined;

export const cancelled: StatusChange = (from) => (isUnderWay(from) ? entered(from, "cancelled") : undefined);

/** One that stands waits for whoever comes next. @param at ms since the epoch */
export function finished(at: number): StatusChange {
  return (from) =>
    goesOn(from) && !from.standing ? entered(from, "finished", { finishedAt: at }) : undefined;
}

/** What was refused without a reason before has been looked at. */
function lookedAt({ unexplained: _row, ...from }: Campaign): Campaign {
  return from;
}

function entered(
  from: Campaign,
  status: CampaignStatus,
  change: Pick<Campaign, "pause" | "finishedAt"> = {},
): Campaign {
  const { pause: _, finishedAt: __, ...rest } = from;
  return { ...rest, status, ...change };
}
