/** The other text of one person: rendered, with what goes with it, and whether it can be put in the place of theirs. */
import type { Channel, MendRequest } from "../../channels/channel.ts";
import type { MendedMessage } from "../../domain/amending/amendment.ts";
import type { AmendmentFold } from "../../domain/amending/amendment-fold.ts";
import { mended, messageNow } from "../../domain/amending/message-now.ts";
import { isCaption as standsUnder } from "../../domain/copied-content.ts";
import type { Campaign } from "../../domain/campaign.ts";
import type { ResultRow } from "../../storage/ports/ledger.ts";
import type { Unfit } from "../turns/why-unfit.ts";
import { whyUnfit } from "../turns/why-unfit.ts";
import type { AmenderParts } from "./amender-parts.ts";

export interface MendingParts extends Pick<AmenderParts, "renderer"> {
  readonly campaign: Campaign;
  readonly fold: AmendmentFold;
  readonly message: MendedMessage;
  readonly manifest: Channel["manifest"];
  /** Its number, once it has begun. */
  readonly number?: number;
}

export interface MendedText extends Pick<MendRequest, "text" | "extras" | "isCaption"> {
  /** This person's message stays as it is: their values leave nothing of the text, or make it too long. */
  readonly unfit?: Unfit;
}

/** Makes the texts of one mending. */
export function createMending(parts: MendingParts): (row: ResultRow) => MendedText {
  const { campaign, fold, message, manifest, number, renderer } = parts;
  const plain = renderer({ message: message.text });
  const html = renderer({ message: message.text, extras: { format: "html" } });
  return (row) => {
    const { extras } = mended(messageNow(campaign, fold, row, number), message);
    const { attachment, copy, ...beside } = extras ?? {};
    const text = (beside.format === "html" ? html : plain)(row);
    const isCaption = standsUnder({ attachment, copy });
    const unfit = whyUnfit({ text, extras: isCaption ? { ...beside, attachment: FILE } : beside }, manifest);
    return {
      text,
      ...(Object.keys(beside).length > 0 ? { extras: beside } : {}),
      isCaption,
      ...(unfit ? { unfit } : {}),
    };
  };
}

/** Stands for the file that the message has and keeps. */
const FILE = { kind: "document", name: "", key: "", open: async function* () {} } as const;
