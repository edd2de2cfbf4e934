/** Everything but the chat and the pages: the core alone. */
import { botOf } from "../bot-of.ts";
import { openCore } from "../core.ts";
import type { Log } from "../log.ts";
import { operatorsOf } from "../operators.ts";
import type { PeykSettings } from "../peyk.ts";
import type { RunningPart } from "./running-part.ts";

export async function startWorker(config: PeykSettings, log: Log): Promise<RunningPart> {
  const core = await openCore({ ...config, ...botOf(config), operatorIds: operatorsOf(config) }, log);
  try {
    await core.recover();
  } catch (error) {
    await core.close();
    throw error;
  }
  return {
    ...(core.worker === undefined ? {} : { worker: core.worker }),
    done: new Promise(() => undefined),
    mustRestart: core.mustReopen,
    stop: () => core.close(),
  };
}
