/** BullMQ on the same PostgreSQL with a job a recipient, and nothing to do in it: the least that such a design costs. */
import { Queue, Worker, createPostgresBackend } from "bullmq";
import { nameOf } from "../campaign-files.ts";

const BATCH = 1000;

/** Jobs a second. */
export async function jobSpeed(
  url: string,
  { names, inFlight }: { readonly names: number; readonly inFlight: number },
): Promise<number> {
  const connection = { connectionString: url, schema: "jobs", migrate: true, max: 10 };
  const queue = new Queue("recipients", { connection }, createPostgresBackend);
  for (let at = 0; at < names; at += BATCH)
    await queue.addBulk(
      Array.from({ length: BATCH }, (_, nth) => ({ name: "send", data: { username: nameOf(at + nth) } })),
    );
  let done = 0;
  const startedAt = performance.now();
  const worker = new Worker(
    "recipients",
    async () => undefined,
    { connection, concurrency: inFlight },
    createPostgresBackend,
  );
  await new Promise<void>((resolve, reject) => {
    worker.on("completed", () => ++done === names && resolve());
    worker.on("error", reject);
  });
  const perSecond = names / ((performance.now() - startedAt) / 1000);
  await worker.close();
  await queue.close();
  return perSecond;
}
