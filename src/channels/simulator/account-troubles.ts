/** Simulated accounts that get into trouble after so many deliveries, so that resting and leaving can be watched. */
import type { Fault } from "../../domain/fault.ts";
import type { SimulatorConfig } from "./config.ts";
import type { RecordPlace } from "./record-place.ts";

type TroubleConfig = SimulatorConfig["accountTroubles"][number];

const reasons = {
  resting: "accountLimited",
  locked: "accountLocked",
  loggedOut: "accountLoggedOut",
} as const;

/** Knows which trouble began when: with a delivery of the account's. */
export class AccountTroubles {
  readonly #troubles: readonly TroubleConfig[];
  readonly #record: Pick<RecordPlace, "deliveredAt">;

  constructor(troubles: readonly TroubleConfig[], record: Pick<RecordPlace, "deliveredAt">) {
    this.#troubles = troubles;
    this.#record = record;
  }

  /** What the account answers at this moment to whatever it is asked, by the trouble that began first; absent when it is well. */
  async faultOf(account: string, now: number): Promise<Fault | undefined> {
    let first: { readonly began: number; readonly fault: Fault } | undefined;
    for (const { trouble, forMs, afterSends } of this.#troubles.filter((one) => one.account === account)) {
      const began = await this.#record.deliveredAt(account, afterSends);
      const until = began === undefined || forMs === undefined ? undefined : began + forMs;
      if (began === undefined || (until !== undefined && until <= now)) continue;
      if (first && first.began <= began) continue;
      const fault = { kind: "account", trouble, why: reasons[trouble] } as const;
      first = { began, fault: { ...fault, ...(until === undefined ? {} : { until }) } };
    }
    return first?.fault;
  }
}

/** The last of an account's deliveries that a trouble begins with; 0: there is none. */
export function lastThatCounts(troubles: readonly TroubleConfig[], account: string): number {
  return troubles.reduce((last, one) => (one.account === account ? Math.max(last, one.afterSends) : last), 0);
}
