/**
 * Bluesky's own server, network and all, in this process: `@atproto/dev-env` from npm. It is some 400 MB, so no dependency
 * of Peyk's development: `npm run bluesky` installs it below `build/`.
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import { z } from "zod";
import { startPostgres } from "../support/postgres/postgres.ts";
import { openStandInRedis } from "./stand-in-redis.ts";

interface Account {
  readonly did: string;
}

interface PostRef {
  readonly uriStr: string;
}

/** What the package gives to whoever makes people act. */
export interface People {
  createAccount(
    name: string,
    about: { readonly handle: string; readonly email: string; readonly password: string },
  ): Promise<Account>;
  follow(from: string, to: string): Promise<unknown>;
  block(from: string, to: string): Promise<unknown>;
  post(by: string, text: string): Promise<{ readonly ref: PostRef }>;
  like(by: string, post: PostRef): Promise<unknown>;
  reply(by: string, root: PostRef, parent: PostRef, text: string): Promise<unknown>;
}

interface Network {
  readonly bsky: { readonly url: string };
  readonly pds: { readonly url: string };
  getSeedClient(): People;
  processAll(): Promise<void>;
  close(): Promise<void>;
}

interface DevEnv {
  readonly TestNetwork: { create(options: object): Promise<Network> };
}

export interface RealBluesky extends AsyncDisposable {
  readonly address: string;
  /** The server that the accounts are at. */
  readonly service: string;
  readonly people: People;
  /** Makes an app password for an account that was created with `password`. */
  appPassword(identifier: string): Promise<string>;
  /** Resolves when everything that people did shows. */
  settle(): Promise<void>;
}

const INSTALLED = join(import.meta.dirname, "../../build/bluesky/package.json");

/** Starts everything; takes some seconds. */
export async function openRealBluesky(): Promise<RealBluesky> {
  const redis = await openStandInRedis();
  const postgres = await startPostgres();
  process.env["REDIS_HOST"] = redis.host;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a package without types of ours
  const { TestNetwork } = createRequire(INSTALLED)("@atproto/dev-env") as DevEnv;
  const network = await TestNetwork.create({
    dbPostgresUrl: await postgres.createDatabase("bluesky"),
    dbPostgresSchema: "peyk",
  });
  return {
    address: network.bsky.url,
    service: network.pds.url,
    appPassword: (identifier) => appPassword(network.pds.url, identifier),
    people: network.getSeedClient(),
    settle: () => network.processAll(),
    async [Symbol.asyncDispose]() {
      await network.close().catch(() => undefined); // it hangs up on its database in no order
      await postgres[Symbol.asyncDispose]();
      await redis[Symbol.asyncDispose]();
    },
  };
}

const givenSchema = z.object({ accessJwt: z.string().default(""), password: z.string().default("") });

async function appPassword(service: string, identifier: string): Promise<string> {
  const ask = async (method: string, body: object, headers = {}): Promise<z.infer<typeof givenSchema>> => {
    const answer = await fetch(`${service}/xrpc/com.atproto.server.${method}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method}: ${answer.status} ${await answer.text()}`);
    return givenSchema.parse(await answer.json());
  };
  const { accessJwt } = await ask("createSession", { identifier, password: "password" });
  const { password } = await ask(
    "createAppPassword",
    { name: "peyk" },
    { authorization: `Bearer ${accessJwt}` },
  );
  return password;
}
