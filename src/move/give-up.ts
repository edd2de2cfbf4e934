/** Giving up a move that was stopped on the way: the side that everything is on is open again, and the other one is as before. */
import { TroubledError } from "../lib/trouble.ts";
import { forgetMoved, readMoved } from "../storage/files/folder/moved.ts";
import { changeHouse, clearHouse, forgetHouse } from "../storage/postgres/house/house.ts";
import type { MoveParts } from "./move-parts.ts";
import { takeBack } from "./to-files.ts";

/**
 * Whoever calls it has the folder's lease. Answers where everything is.
 * @throws {TroubledError} when there is none to give up, or it is over but for the closing of the other side
 */
export async function giveUp({
  dataDir,
  database,
  now,
}: Pick<MoveParts, "dataDir" | "database" | "now">): Promise<"folder" | "database"> {
  const moved = await readMoved(dataDir);
  if (!moved || moved.state === "moved")
    throw new TroubledError("No move is under way.", { code: "moveNone", with: { path: dataDir } });
  const { state, move, before } = moved;
  await changeHouse(database, async (house, connection) => {
    if (house?.move !== move) return undefined; // it never got there
    if (house.state === "open" || house.state === "closed")
      throw new TroubledError(
        "All of it is moved already. Run the same command as before to close the other side.",
        {
          code: "moveOver",
        },
      );
    if (state === "returning") return { ...house, state: "open", move: before?.move ?? move, at: now() };
    await clearHouse(connection);
    await forgetHouse(connection);
    return undefined;
  });
  if (state === "returning") await takeBack(dataDir, before);
  else await forgetMoved(dataDir);
  return state === "returning" ? "database" : "folder";
}
