/**
 * What X charges for a call, in US dollars, as its page "Pricing" said on 2026-08-22. The same thing read twice on one
 * day (UTC) is charged once, so these are upper bounds.
 */
export const xPrices = {
  asOf: "2026-08-22",
  /** For each message sent. */
  message: 0.015,
  /** For each person looked up. */
  person: 0.01,
  /** For each message read, ours too. */
  messageRead: 0.01,
  /** For each follower read. */
  follower: 0.01,
  /** For each post read. */
  post: 0.005,
} as const;
