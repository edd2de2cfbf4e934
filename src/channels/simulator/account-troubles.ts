/** Simulated accounts that get into trouble after so many deliveries, so that resting and leaving can be watched. */
import type { Fault } from "../../domain/fault.ts";
import type { SimulatorConfig } from "./config.ts";
import type { Delivery } from "./record-line.ts";

type TroubleConfig = SimulatorConfig["accountTroubles"][number];

const reasons = {
  resting: "accountLimited",
  locked: "accountLocked",
  loggedOut: "accountLoggedOut",
} as const;

/** Counts each account's deliveries and knows which trouble began when. */
export class AccountTroubles {
  readonly #troubles: readonly TroubleConfig[];
  readonly #delivered = new Map<string, number>();
  /** Moment of the delivery that began the trouble, ms since the epoch. */
  readonly #began = new Map<TroubleConfig, number>();

  constructor(troubles: readonly TroubleConfig[]) {
    this.#troubles = troubles;
  }

  noteDelivery({ account, at }: Delivery): void {
    const delivered = (this.#delivered.get(account) ?? 0) + 1;
    this.#delivered.set(account, delivered);
    for (const trouble of this.#troubles) {
      if (trouble.account === account && trouble.afterSends === delivered) this.#began.set(trouble, at);
    }
  }

  /** What the account answers at this moment to whatever it is asked; absent when it is well. */
  faultOf(account: string, now: number): Fault | undefined {
    for (const [{ account: troubled, trouble, forMs }, began] of this.#began) {
      const until = forMs === undefined ? undefined : began + forMs;
      if (troubled !== account || (until !== undefined && until <= now)) continue;
      const why = reasons[trouble];
      return { kind: "account", trouble, why, ...(until === undefined ? {} : { until }) };
    }
    return undefined;
  }
}
