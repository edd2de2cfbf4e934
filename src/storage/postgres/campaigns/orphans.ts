/** Claims whose owner is gone, as whoever looks is told of them: as what the next process that opens the campaign makes of them. */
import type { Row } from "../connection.ts";

/** What was read of somebody, with what becomes of them where nobody will settle their claim any more. */
export function awaited({ orphan, ...row }: Row): Row {
  if (orphan === "cut") return { ...row, state: "uncertain", why: "interruptedBeforeRecord" };
  if (orphan === "waiting") return { ...row, state: "planned", why: "interruptedBeforeCall" };
  return row;
}
