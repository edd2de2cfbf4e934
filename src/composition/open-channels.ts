/**
 * The one place that lists the channels: a new one is a folder under `channels/`, one line in `openers`, and the
 * contract suite green (docs/adding-a-channel.md). A channel that is not set up here is simply absent.
 */
import type { Channel } from "../channels/channel.ts";
import { openSimulator } from "../channels/simulator/simulator.ts";
import { createTelegramLane, laneLimit, laneName } from "../channels/telegram/lane.ts";
import type { Audience, TelegramParts } from "../channels/telegram/telegram-parts.ts";
import { createTelegram } from "../channels/telegram/telegram.ts";
import { readGatewayFile } from "../channels/webhook/gateway-file.ts";
import { createWebhookChannel } from "../channels/webhook/webhook.ts";
import { openXChannel } from "../channels/x/x-channel.ts";
import type { Clock } from "../lib/clock.ts";
import { openTogether } from "../lib/opened.ts";
import type { Sharing } from "./stores/stores.ts";
import type { PriorityLane } from "../lib/pace/priority-lane.ts";
import type { ChannelBooks } from "./stores/stores.ts";
import type { Identities } from "../storage/ports/identities.ts";

/** A bot that may be sent through. */
export interface TelegramAccess {
  readonly token: string;
  /** Bot API server, without a slash at the end. */
  readonly apiRoot: string;
  /** Shared with the bot's own chats, which come first; absent: nothing else is sent with this token. */
  readonly lane?: PriorityLane;
  /** Pay with Stars for what goes beyond Telegram's free rate; default false. */
  readonly isPaid?: boolean;
  /** As in {@link TelegramParts}. */
  readonly leaveLabel?: TelegramParts["leaveLabel"];
}

/** What the channels are set up by; whatever is absent leaves its channel out. */
export interface ChannelSettings {
  /** Accounts the simulator is given beside those that are kept. */
  readonly simulatorAccounts?: readonly string[];
  /** X's API; default the real one. */
  readonly xApiBaseUrl?: string;
  /** Keys of the X accounts; without it there is no X. */
  readonly xAccountsFile?: string;
  /** How long a message that can't be found on X may still turn up, in ms. */
  readonly xAbsentAfterMs?: number;
  readonly telegram?: TelegramAccess;
  /** The operator's own gateway; without it there is no webhook channel. */
  readonly webhookFile?: string;
}

/** What a channel may be made of. */
export interface ChannelParts {
  readonly settings: ChannelSettings;
  readonly clock: Clock;
  readonly log: { error(problem: string | Error): void };
  /** What they keep for themselves. */
  readonly books: ChannelBooks;
  readonly subscribers: Audience;
  /** Gives out the places of a lane that other processes share; absent: none do. */
  readonly places?: Sharing["places"] | undefined;
  readonly identities: Identities;
}

/** Opens one channel; undefined when it is not set up here. Throws when it is, and wrongly. */
export type ChannelOpener = (parts: ChannelParts) => Promise<Channel | undefined>;

/** Every channel there is, in the order people are offered them. */
const openers: readonly ChannelOpener[] = [openSimulatedPeople, openX, openTelegram, openWebhook];

export interface OpenChannels extends AsyncDisposable {
  /** By the name in their manifests. */
  readonly channels: ReadonlyMap<string, Channel>;
}

/** Opens every channel that is set up; when one can't be, those already open are closed and its error thrown. */
export async function openChannels(parts: ChannelParts, from = openers): Promise<OpenChannels> {
  return openTogether(async (opened) => {
    const channels = new Map<string, Channel>();
    for (const open of from) {
      const channel = await open(parts);
      if (channel) channels.set(channel.manifest.name, opened.hold(channel));
    }
    return { channels, [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() };
  });
}

async function openX({
  settings,
  clock,
  log,
  books,
  identities,
}: ChannelParts): Promise<Channel | undefined> {
  const { xAccountsFile: accountsFile, xApiBaseUrl: apiBaseUrl = "https://api.x.com" } = settings;
  if (accountsFile === undefined) return undefined;
  const { xAbsentAfterMs } = settings;
  const timing = xAbsentAfterMs === undefined ? {} : { absentAfterMs: xAbsentAfterMs };
  const onProblem = (error: Error): void => log.error(error);
  const kept = { personBook: await identities.of("x"), limits: await books.xLimits() };
  return openXChannel({ accountsFile, apiBaseUrl, ...kept, clock, onProblem, ...timing });
}

/** The simulator with the population that is kept; its own record stands beside. */
async function openSimulatedPeople({ settings, clock, books }: ChannelParts): Promise<Channel> {
  return openSimulator({ ...(await books.simulated(settings.simulatorAccounts ?? [])), clock });
}

/** The bot's subscribers, where there is a bot. */
function openTelegram(parts: ChannelParts): Promise<Channel | undefined> {
  const { settings, clock, subscribers, log, places } = parts;
  const { telegram } = settings;
  if (!telegram) return Promise.resolve(undefined);
  const { token, apiRoot, isPaid = false, leaveLabel } = telegram;
  const warn = (text: string): void => log.error(text);
  const shared = places?.(laneName(token), laneLimit(isPaid));
  const lane = telegram.lane ?? createTelegramLane({ clock, isPaid, warn, places: shared });
  const access = { token, apiRoot };
  return Promise.resolve(
    createTelegram({
      access,
      audience: subscribers,
      lane,
      clock,
      isPaid,
      ...(leaveLabel ? { leaveLabel } : {}),
    }),
  );
}

/** The operator's own gateway, where a file says which. */
async function openWebhook({ settings, clock }: ChannelParts): Promise<Channel | undefined> {
  const { webhookFile } = settings;
  if (webhookFile === undefined) return undefined;
  return createWebhookChannel({ gateway: await readGatewayFile(webhookFile), clock });
}
