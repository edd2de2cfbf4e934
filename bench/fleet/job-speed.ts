/**
 * BullMQ on the same PostgreSQL with a job a recipient, and nothing to do in it: the least that such a design costs. As many
 * workers as there are processes, each with as many jobs under way and connections of its own; they share one process, for
 * the database is what they wait for.
 */
import { Queue, Worker, createPostgresBackend } from "bullmq";
import { nameOf } from "../campaign-files.ts";

const BATCH = 1000;

const work = async (): Promise<void> => undefined;

/** Jobs a second. */
export async function jobSpeed(
  url: string,
  {
    names,
    inFlight,
    workers: count,
  }: { readonly names: number; readonly inFlight: number; readonly workers: number },
): Promise<number> {
  const connection = { connectionString: url, schema: "jobs", migrate: true, max: 10 };
  const queue = new Queue("recipients", { connection }, createPostgresBackend);
  for (let at = 0; at < names; at += BATCH)
    await queue.addBulk(
      Array.from({ length: BATCH }, (_, nth) => ({ name: "send", data: { username: nameOf(at + nth) } })),
    );
  let done = 0;
  const startedAt = performance.now();
  const workers = Array.from(
    { length: count },
    () => new Worker("recipients", work, { connection, concurrency: inFlight }, createPostgresBackend),
  );
  await new Promise<void>((resolve, reject) => {
    for (const worker of workers) {
      worker.on("completed", () => ++done === names && resolve());
      worker.on("error", reject);
    }
  });
  const perSecond = names / ((performance.now() - startedAt) / 1000);
  await Promise.all(workers.map((worker) => worker.close()));
  await queue.close();
  return perSecond;
}
