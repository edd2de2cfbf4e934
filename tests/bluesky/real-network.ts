/**
 * Bluesky's own server, network and all, in this process: `@atproto/dev-env` from npm. It is some 400 MB, so no dependency
 * of Peyk's development: `npm run bluesky` installs it below `build/`.
 */
import { createRequire } from "node:module";
import { join } from "node:path";
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
  getSeedClient(): People;
  processAll(): Promise<void>;
  close(): Promise<void>;
}

interface DevEnv {
  readonly TestNetwork: { create(options: object): Promise<Network> };
}

export interface RealBluesky extends AsyncDisposable {
  readonly address: string;
  readonly people: People;
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
    people: network.getSeedClient(),
    settle: () => network.processAll(),
    async [Symbol.asyncDispose]() {
      await network.close().catch(() => undefined); // it hangs up on its database in no order
      await postgres[Symbol.asyncDispose]();
      await redis[Symbol.asyncDispose]();
    },
  };
}
