/** Names a second through the ledger alone: each is claimed, may leave and is settled as sent, so many at once. */
import type { Ledger } from "../../src/storage/ports/ledger.ts";

export async function ledgerSpeed(
  ledger: Ledger,
  {
    sends,
    inFlight,
    accounts = ["one"],
  }: { readonly sends: number; readonly inFlight: number; readonly accounts?: readonly string[] },
): Promise<number> {
  const startedAt = performance.now();
  let begun = 0;
  const worker = async (nth: number): Promise<void> => {
    const account = accounts[nth % accounts.length] ?? "one";
    while (begun < sends) {
      begun++;
      const answer = await ledger.claim({ account, caps: [], rates: [] });
      if (answer.kind !== "claimed") throw new Error(`nobody was claimed: ${JSON.stringify(answer)}`);
      if (!(await ledger.leave(answer.claim))) throw new Error("it may not leave");
      await ledger.settle(answer.claim, { t: "sent", id: "1" });
    }
  };
  await Promise.all(Array.from({ length: inFlight }, (_, nth) => worker(nth)));
  return sends / ((performance.now() - startedAt) / 1000);
}
