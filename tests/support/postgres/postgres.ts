/** A real PostgreSQL for one test file: in the temporary folder, on a free port, and gone with the test. */
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../running-program.ts";
import type { Cluster } from "./cluster.ts";
import { openCluster } from "./cluster.ts";

export type TestPostgres = Cluster;

export interface TestPostgresOptions {
  /** Whether commits reach the disk: only where the server is killed does it matter. Default false, which is faster. */
  readonly isDurable?: boolean;
  readonly sharedBuffers?: string;
}

export async function startPostgres({
  isDurable = false,
  ...memory
}: TestPostgresOptions = {}): Promise<TestPostgres> {
  const folder = await mkdtemp(join(tmpdir(), "peyk-postgres-"));
  return openCluster({ folder, port: await freePort(), isDurable, isRemoved: true, ...memory });
}
