/** Opens playgrounds for tests and closes them afterwards; asks the Bot API with plain fetch. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";
import { z } from "zod";
import { systemClock } from "../../src/lib/clock.ts";
import {
  openPlayground,
  type Person,
  type Playground,
  type PlaygroundOptions,
} from "../../src/playground/playground.ts";

/** Reads English, may control the bot. */
export const sara: Person = {
  id: 11,
  firstName: "Sara",
  username: "sara",
  languageCode: "en",
  role: "operator",
};
/** Reads Persian, may control the bot. */
export const nima: Person = {
  id: 12,
  firstName: "نیما",
  username: "nima",
  languageCode: "fa",
  role: "operator",
};
/** May not control the bot. */
export const kian: Person = {
  id: 13,
  firstName: "Kian",
  username: "kian",
  languageCode: "en",
  role: "stranger",
};

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

/** Runs after the test, the latest first. */
export function afterTest(cleanup: () => unknown): void {
  cleanups.push(cleanup);
}

/** A playground in memory on a free port with no flood limits, unless the options say otherwise. */
export async function open(options: Partial<PlaygroundOptions> = {}): Promise<Playground> {
  const persons = [sara, nima, kian];
  const playground = await openPlayground({
    port: 0,
    persons,
    clock: systemClock,
    limits: "off",
    ...options,
  });
  afterTest(async () => playground[Symbol.asyncDispose]());
  return playground;
}

/** A folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "playground-"));
  afterTest(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const answer = z.looseObject({ ok: z.boolean(), result: z.unknown().optional() });

/** An answer of the Bot API. */
export type Answer = z.infer<typeof answer>;

const received = z.array(
  z.looseObject({
    update_id: z.int(),
    message: z.looseObject({ text: z.string().optional() }).optional(),
    callback_query: z.looseObject({ id: z.string() }).optional(),
  }),
);

/** What a bot gets with one getUpdates. */
export async function poll(playground: Playground, fields: object = {}): Promise<z.infer<typeof received>> {
  return received.parse((await call(playground, "getUpdates", fields)).result);
}

/** Asks as JSON. */
export async function call(playground: Playground, method: string, fields: object = {}): Promise<Answer> {
  const response = await fetch(`${playground.apiRoot}/bot${playground.token}/${method}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(fields),
  });
  return readAnswer(response);
}

type PageRequest = Omit<RequestInit, "headers"> & { readonly headers?: Readonly<Record<string, string>> };

/** Asks as the chat page does. */
export function fetchPage(
  { apiRoot, key }: Pick<Playground, "apiRoot" | "key">,
  path: string,
  { headers = {}, ...init }: PageRequest = {},
): Promise<Response> {
  return fetch(apiRoot + path, { ...init, headers: { authorization: `Bearer ${key}`, ...headers } });
}

/** Reads an answer, which must be JSON whatever the status. */
export async function readAnswer(response: Response): Promise<Answer> {
  return answer.parse(await response.json());
}
