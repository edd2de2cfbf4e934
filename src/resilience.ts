/**
 * What keeps Peyk's sending and collecting going, for programs of one's own: the very code that its engine and its
 * collector run. Pure limiters take the time as an argument; `waitUntil`, `retry` and `guard` wait for them.
 *
 * ```ts
 * import { TokenBucket, CircuitBreaker, guard, retry, waitUntil } from "peyk/resilience";
 *
 * const bucket = new TokenBucket({ perMs: 5 / 1000, capacity: 10 }, Date.now());
 * const breaker = new CircuitBreaker();
 * await waitUntil(bucket.takeAt(Date.now()));
 * const page = await retry(() => guard(breaker, () => askTheService()));
 * ```
 */
export type { AdaptiveLimit as AdaptiveFactor } from "./domain/accounts/adaptive-limit.ts";
export { AdaptivePace as AdaptiveLimit } from "./domain/accounts/adaptive-pace.ts";
export type { Breaker, BreakerPolicy } from "./domain/accounts/breaker.ts";
export { defaultBreakerPolicy } from "./domain/accounts/breaker.ts";
export { CircuitBreaker } from "./domain/accounts/circuit-breaker.ts";
export type { Rate } from "./domain/accounts/limits.ts";
export type { BucketRate } from "./domain/accounts/token-bucket.ts";
export { TokenBucket } from "./domain/accounts/token-bucket.ts";
export type { CollectionEvent } from "./domain/collecting/collection-event.ts";
export type { DeliveredLead } from "./domain/collecting/delivered-leads.ts";
export type { ExactCountTracking } from "./domain/collecting/exact-count-tracking.ts";
export type { Lead } from "./domain/collecting/lead.ts";
export type { Post } from "./domain/collecting/post.ts";
export { leadOfPost } from "./domain/collecting/post.ts";
export {
  ClientError,
  DataExtractionError,
  LoginError,
  NetworkError,
  PeykError,
  RateLimitError,
  ValidationError,
} from "./domain/errors.ts";
export type { Reason } from "./domain/reasons/reason.ts";
export type { CollectorPolicy } from "./collector/collector-parts.ts";
export type { CollectOptions } from "./composition/collect-options.ts";
export type { Collected, CollectorOptions } from "./composition/program-collector.ts";
export { ProgramCollector as Collector } from "./composition/program-collector.ts";
export type { FailedAttempt } from "./lib/retrying.ts";
export type { GuardOptions } from "./library/guard.ts";
export { guard } from "./library/guard.ts";
export type { RetryOptions } from "./library/retry.ts";
export { retry } from "./library/retry.ts";
export { waitUntil } from "./library/wait-until.ts";
export type {
  Page,
  PageRequest,
  ParsedTarget,
  Source,
  SourceFault,
  SourceManifest,
} from "./sources/source.ts";
