import { expect, test } from "vitest";
import { dutyOfAccount } from "../../engine/duties/account-duty.ts";
import { createWorkers, workerOf } from "./workers.ts";

test("names of each process the accounts it sends through and what else it does, whatever an account is called", async () => {
  const odd = { channel: "x", account: "my: shop/2" };
  const holders = async () =>
    [
      { duty: dutyOfAccount(odd), worker: "alborz" },
      { duty: "chat", worker: "zagros" },
      { duty: "replies", worker: "alborz" },
    ].map((one) => ({ ...one, since: 1 }));
  const workers = await createWorkers({ duties: { holders } })();
  expect(workers).toEqual([
    { worker: "alborz", accounts: [odd], duties: ["replies"] },
    { worker: "zagros", accounts: [], duties: ["chat"] },
  ]);
  expect(dutyOfAccount(odd)).not.toContain(":");
  expect([workerOf(workers, odd), workerOf(workers, { channel: "x", account: "other" })]).toEqual([
    "alborz",
    undefined,
  ]);
  expect(await createWorkers({})()).toBeUndefined();
});
