/** What a message may be, before it is known through what it goes out. */
import type { ChannelChoice, DraftExtras } from "../../../../app/drafts/draft.ts";

/** A message as it would be kept. */
export interface WrittenMessage {
  readonly message: string;
  readonly extras?: DraftExtras;
}

/** What a message may be at most before it is known through what it goes out. */
export type Room = Pick<ChannelChoice, "maxMessageLength" | "maxCaptionLength" | "takes">;

/** Joins what several ways take: whatever one of them takes may be written. */
export function widestRoom(channels: readonly Room[]): Room {
  const takes = (what: keyof NonNullable<Room["takes"]>): boolean =>
    channels.some((channel) => channel.takes?.[what] === true);
  const captions = channels.flatMap(({ maxCaptionLength }) => maxCaptionLength ?? []);
  return {
    maxMessageLength: Math.max(0, ...channels.map((channel) => channel.maxMessageLength)),
    ...(captions.length > 0 ? { maxCaptionLength: Math.max(...captions) } : {}),
    takes: {
      formatting: takes("formatting"),
      attachments: takes("attachments"),
      buttons: takes("buttons"),
      copies: takes("copies"),
    },
  };
}
