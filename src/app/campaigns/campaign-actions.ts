/** What an operator does to a campaign that exists. Each action checks the status at the moment it takes effect. */
import type { CampaignId } from "../../domain/campaign.ts";
import type { RecipientState } from "../../domain/recipient.ts";
import type { OpenCampaign } from "../../engine/open-campaign.ts";
import type { Refusal } from "../../engine/status-changes.ts";
import type { AppParts } from "../app-parts.ts";
import type { ActionResult, App, UncertainCard } from "../app.ts";
import { createFollowingUp } from "../follow-ups/cancel-follow-ups.ts";
import { idMeant } from "./campaign-id.ts";
import { uncertainCards } from "../look.ts";

type Actions = Pick<
  App,
  | "pause"
  | "resume"
  | "confirmRestored"
  | "cancel"
  | "cancelFollowUps"
  | "retryFailed"
  | "uncertain"
  | "resolve"
  | "cleanup"
>;

export function createActions(parts: AppParts): Actions {
  const act =
    (action: (open: OpenCampaign) => Promise<Refusal | undefined>) =>
    async (id: CampaignId): Promise<ActionResult> => {
      const open = await parts.engine.find(await idMeant(parts.campaigns, id));
      if (!open) return { ok: false, problem: "unknownCampaign" };
      const problem = await action(open);
      return problem ? { ok: false, problem } : { ok: true };
    };
  const following = createFollowingUp(parts);
  return {
    pause: (id, by) => act((open) => open.pause(by))(id),
    resume: (id, by, way) => act((open) => open.resume(by, way))(id),
    confirmRestored: (id, by) => act((open) => open.confirmRestored(by))(id),
    async cancel(id, by) {
      const done = await act((open) => open.cancel(by))(id);
      if (done.ok) await following.cancelFollowUps(id, by ?? "");
      return done;
    },
    ...following,
    retryFailed: (id, by) => act((open) => open.retryFailed(by))(id),
    cleanup: act((open) => cleanup(parts, open)),
    uncertain: async (id) => cardsOf(parts, await idMeant(parts.campaigns, id)),
    resolve: async (id, username, decision) =>
      resolve(parts, { id: await idMeant(parts.campaigns, id), username, decision }),
  };
}

async function cardsOf({ engine, reads }: AppParts, id: CampaignId): Promise<readonly UncertainCard[]> {
  const open = await engine.opened(id);
  return open ? uncertainCards(open.ledger, id, open.canCheck) : uncertainCards(reads, id);
}

interface Decision {
  readonly id: CampaignId;
  readonly username: string;
  readonly decision: Parameters<App["resolve"]>[2];
}

async function resolve(
  parts: AppParts,
  { id, username, decision }: Decision,
): Promise<RecipientState | "notUncertain"> {
  const open = await parts.engine.find(id);
  const claim = (await open?.ledger.uncertain())?.find(({ recipient }) => recipient.username === username);
  if (!open || !claim) return "notUncertain";
  if (decision !== "check") {
    const isSettled = await open.decide(claim, decision);
    return isSettled ? stateAfter[decision] : "notUncertain";
  }
  return open.check(claim);
}

const stateAfter = { sent: "sent", again: "planned", skip: "skipped" } as const;

async function cleanup(parts: AppParts, open: OpenCampaign): Promise<Refusal | undefined> {
  const { id, status } = open.campaign;
  if (status !== "finished" && status !== "cancelled") return "notNow";
  if (!(await parts.ledgers.removeCheckpoint(id))) return "nothingToDo";
  parts.events.emit({ kind: "checkpointRemoved", campaignId: id, at: parts.clock.now() });
  return undefined;
}
