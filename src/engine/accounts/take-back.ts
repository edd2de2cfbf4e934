import type { Campaign } from "../../domain/campaign.ts";
import type { EventDetail } from "../events.ts";
import type { AccountPool } from "./account-pool.ts";

/** The operator starts or goes on, so the accounts that left are taken for mended: the platform says if they are not. */
export async function takeBack(
  { accounts }: Pick<Campaign, "accounts">,
  pool: AccountPool,
  teller: { tell(detail: EventDetail): void },
): Promise<void> {
  await pool.hearOthers?.();
  const back = accounts.filter(({ name }) => pool.returns(name));
  // Whoever takes its turns looks once it is told.
  if (pool.hearOthers) await pool.kept();
  for (const { name } of back) teller.tell({ kind: "account", account: name, trouble: "back" });
}
