/** Which of the processes that share the work does what, for whoever runs them. */
import type { Campaign } from "../../domain/campaign.ts";
import type { ChannelAccount } from "../../engine/duties/account-duty.ts";
import { accountOfDuty } from "../../engine/duties/account-duty.ts";
import type { Duties, DutyName } from "../../storage/ports/duties.ts";

export interface WorkerView {
  /** What it is called. */
  readonly worker: string;
  /** Whose turns it takes. */
  readonly accounts: readonly ChannelAccount[];
  /** What else of the whole it does. */
  readonly duties: readonly DutyName[];
}

/** Makes the use case; it answers undefined where one process does everything. */
export function createWorkers({ duties }: { readonly duties?: Pick<Duties, "holders"> }) {
  return async (): Promise<readonly WorkerView[] | undefined> => {
    if (!duties) return undefined;
    const workers = new Map<string, { accounts: ChannelAccount[]; duties: DutyName[] }>();
    for (const { duty, worker } of await duties.holders()) {
      const view = workers.get(worker) ?? { accounts: [], duties: [] };
      workers.set(worker, view);
      const account = accountOfDuty(duty);
      if (account) view.accounts.push(account);
      else view.duties.push(duty);
    }
    return [...workers].map(([worker, view]) => ({ worker, ...view }));
  };
}

/** Who sends for a campaign, each with those of its accounts alone whose turns it takes. */
export function sendersOf(
  workers: readonly WorkerView[] | undefined,
  { status, channel, accounts: all }: Pick<Campaign, "status" | "channel" | "accounts">,
): readonly Pick<WorkerView, "worker" | "accounts">[] {
  if (status !== "running") return [];
  const names = new Set(all.map(({ name }) => name));
  return (workers ?? []).flatMap(({ worker, accounts }) => {
    const its = accounts.filter((one) => one.channel === channel && names.has(one.account));
    return its.length === 0 ? [] : [{ worker, accounts: its }];
  });
}

/** Who takes the turns of an account; undefined where nobody does, or one process does everything. */
export function workerOf(
  workers: readonly WorkerView[] | undefined,
  { channel, account }: ChannelAccount,
): string | undefined {
  return workers?.find(({ accounts }) =>
    accounts.some((one) => one.channel === channel && one.account === account),
  )?.worker;
}
