/** What duties are called among BullMQ's jobs. Whoever only looks at them loads none of BullMQ for it. */
import type { DutyName } from "../../ports/duties.ts";

/** A plain word: it stands in statements as it is. */
export const JOBS_SCHEMA = "peyk_jobs";

export const QUEUE = "duties";

/** BullMQ puts `:` between its own words. */
export const idOf = (duty: DutyName): string => duty.replaceAll("%", "%25").replaceAll(":", "%3A");
export const dutyOf = (id: string): DutyName => id.replaceAll("%3A", ":").replaceAll("%25", "%");
