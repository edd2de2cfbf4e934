/** People who subscribed on an earlier day, where a Peyk keeps them that has not begun yet. */
import { join } from "node:path";
import { openSubscriberStore } from "../../src/storage/files/people/subscriber-store.ts";
import { moveIn } from "./move-in.ts";
import type { Where } from "./stored.ts";

interface Subscribed {
  readonly id: number;
  readonly firstName: string;
  readonly username?: string;
}

export async function putSubscribers(where: Where, people: readonly Subscribed[]): Promise<void> {
  {
    await using store = await openSubscriberStore(join(where.dataDir, "subscribers.jsonl"));
    await Promise.all(
      people.map(({ id, firstName, username }) =>
        store.change(id, () => ({
          id,
          firstName,
          ...(username === undefined ? {} : { username }),
          state: "active",
          at: 0,
        })),
      ),
    );
  }
  await moveIn(where);
}
