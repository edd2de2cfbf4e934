/** How claims are named to the functions that write what became of them, and what those answer. */
import { z } from "zod";
import type { Claim } from "../../../domain/journal.ts";
import { LeaseLostError } from "./owner.ts";

export function askedOf({ id, recipient }: Claim): { readonly r: number; readonly claim: number } {
  return { r: recipient.ordinal, claim: Number(id) };
}

const answers = z.tuple([z.object({ answers: z.array(z.enum(["settled", "over", "gone"])) })]);

/**
 * For each that was asked whether it was written.
 * @throws {LeaseLostError}
 */
export function settled(rows: readonly unknown[]): readonly boolean[] {
  const [{ answers: given }] = answers.parse(rows);
  if (given.includes("gone")) throw new LeaseLostError();
  return given.map((answer) => answer === "settled");
}
