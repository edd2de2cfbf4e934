import type { Channel } from "../channels/channel.ts";

/** A campaign goes through a channel that this program was not given. */
export class UnknownChannelError extends Error {
  override readonly name = "UnknownChannelError";
}

/**
 * Stands for a channel that is not set up here, so that what went through it can still be looked at. Sends nothing and
 * reaches nobody: every account of it counts as logged out.
 */
export function absentChannel(name: string): Channel {
  const why = { code: "channelNotSetUp", channel: name } as const;
  return {
    manifest: {
      name,
      looksUp: false,
      honoursDedupKey: false,
      readsBack: false,
      publishedLimits: [],
      maxMessageLength: Infinity,
      reachesPeople: true,
    },
    accounts: () => Promise.resolve([]),
    send: () => Promise.resolve({ kind: "account", trouble: "loggedOut", why, uncalled: true }),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
