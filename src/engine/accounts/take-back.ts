import type { Campaign } from "../../domain/campaign.ts";
import type { EventDetail } from "../events.ts";
import type { AccountPool } from "./account-pool.ts";

/** The operator starts or goes on, so the accounts that left are taken for mended: the platform says if they are not. */
export function takeBack(
  { accounts }: Pick<Campaign, "accounts">,
  pool: AccountPool,
  teller: { tell(detail: EventDetail): void },
): void {
  for (const { name } of accounts)
    if (pool.returns(name)) teller.tell({ kind: "account", account: name, trouble: "back" });
}
