import { GrammyError, HttpError, Api } from "grammy";
import type { Update } from "grammy/types";
import { expect, test } from "vitest";
import { createVirtualClock } from "../../../tests/support/virtual-clock.ts";
import type { ListenTrouble } from "./poller.ts";
import { LONGEST_CONFLICT_MS, Poller } from "./poller.ts";

const update = (id: number): Update => ({ update_id: id });
const refusal = (code: number, description: string, retryAfter?: number): GrammyError =>
  new GrammyError(
    description,
    {
      ok: false,
      error_code: code,
      description,
      ...(retryAfter === undefined ? {} : { parameters: { retry_after: retryAfter } }),
    },
    "getUpdates",
    {},
  );
const conflict = refusal(
  409,
  "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
);
const webhook = refusal(409, "Conflict: can't use getUpdates method while webhook is active");
const cut = new HttpError("cut", new Error("ECONNRESET"));

type Answer = readonly Update[] | Error;

/** A poller whose polls are answered one by one; after the last answer nothing comes any more. */
function scripted(
  answers: readonly Answer[],
  take: (updates: readonly Update[], isMoreComing: boolean) => Promise<void> = async () => undefined,
) {
  const clock = createVirtualClock();
  const stopping = new AbortController();
  const [offsets, told]: [(number | undefined)[], ListenTrouble[]] = [[], []];
  const api = new Api("1:x");
  let next = 0;
  api.config.use((_previous, method, payload, signal) => {
    if (method !== "getUpdates") throw new Error(`unexpected ${method}`);
    offsets.push("offset" in payload ? Number(payload.offset) : undefined);
    const answer = answers[next];
    next += 1;
    if (answer === undefined)
      return new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(cut)));
    if (answer instanceof Error) return Promise.reject(answer);
    return Promise.resolve(
      Object.assign({ ok: true as const }, JSON.parse(JSON.stringify({ result: answer }))),
    );
  });
  const poller = new Poller({
    api,
    clock,
    room: async () => undefined,
    take,
    tell: (trouble) => void told.push(trouble),
  });
  return { poller, clock, stopping, offsets, told, isAtEnd: () => next > answers.length };
}

async function through(scene: ReturnType<typeof scripted>): Promise<void> {
  const listening = scene.poller.listen(scene.stopping.signal);
  listening.catch(() => undefined);
  for (let turns = 0; turns < 200 && !scene.isAtEnd(); turns += 1) await scene.clock.advance(5000);
}

test("confirms with the next poll what was taken in, and only that", async () => {
  let isFull = true;
  const taken: number[] = [];
  const scene = scripted([[update(5), update(7)], [update(5), update(7)], []], async (updates) => {
    if (isFull) {
      isFull = false;
      throw new Error("no space left");
    }
    taken.push(...updates.map(({ update_id: id }) => id));
  });
  await through(scene);
  expect(scene.offsets).toEqual([undefined, undefined, 8, 8]);
  expect(taken).toEqual([5, 7]);
  expect(scene.told).toEqual(["noSpace", "reached"]);
});

test("says that more is coming when Telegram gave as many as it gives at once", async () => {
  const told: boolean[] = [];
  const many = Array.from({ length: 100 }, (_, index) => update(index + 1));
  const scene = scripted([many, [update(101)], []], async (_updates, isMoreComing) => {
    told.push(isMoreComing);
  });
  await through(scene);
  expect(told).toEqual([true, false, false]);
});

test("waits for another instance to end, says so once, and says when it listens again", async () => {
  const scene = scripted([conflict, conflict, conflict, [], [], [], [], [], [], [update(1)]]);
  const listening = scene.poller.listen(scene.stopping.signal);
  await scene.clock.advance(16_000);
  expect(scene.told).toEqual(["conflict"]);
  scene.stopping.abort();
  await listening;
});

test.each([
  ["conflict", conflict],
  ["webhook", webhook],
] as const)("gives up on a %s that lasts", async (end, error) => {
  const scene = scripted(Array.from({ length: 100 }, () => error));
  const listening = scene.poller.listen(scene.stopping.signal);
  listening.catch(() => undefined);
  await scene.clock.advance(LONGEST_CONFLICT_MS - 1);
  expect(scene.told).toEqual([end]);
  await scene.clock.advance(10_000);
  await expect(listening).rejects.toMatchObject({ name: "ListenError", end });
});

test("two instances that each get an answer now and then are still a conflict", async () => {
  const turns = Array.from({ length: 100 }, (_, index): Answer =>
    index % 3 === 2 ? [update(index + 1)] : conflict,
  );
  const scene = scripted(turns);
  const listening = scene.poller.listen(scene.stopping.signal);
  listening.catch(() => undefined);
  await scene.clock.advance(2 * LONGEST_CONFLICT_MS);
  await expect(listening).rejects.toMatchObject({ end: "conflict" });
});

test.each([
  ["401", refusal(401, "Unauthorized")],
  ["404", refusal(404, "Not Found")],
])("a refused token (%s) ends the listening at once", async (_name, error) => {
  const scene = scripted([error]);
  await expect(scene.poller.listen(scene.stopping.signal)).rejects.toMatchObject({ end: "unauthorized" });
});

test("a broken connection is tried again and is no news; one that stays broken is said once", async () => {
  const once = scripted([cut, [update(1)]]);
  await through(once);
  expect(once.told).toEqual([]);
  expect(once.offsets).toEqual([undefined, undefined, 2]);
  const long = scripted([cut, cut, cut, cut, cut, [update(1)]]);
  await through(long);
  expect(long.told).toEqual(["unreachable", "reached"]);
});

test("waits as long as a 429 says", async () => {
  const scene = scripted([refusal(429, "Too Many Requests: retry after 300", 300), [update(1)]]);
  const listening = scene.poller.listen(scene.stopping.signal);
  await scene.clock.advance(299_000);
  expect(scene.offsets).toHaveLength(1);
  await scene.clock.advance(2000);
  expect(scene.offsets.length).toBeGreaterThan(1);
  scene.stopping.abort();
  await listening;
});
