/** The other text of one person: rendered, with what goes with it, and whether it can be put in the place of theirs. */
import type { Channel, MendRequest } from "../../channels/channel.ts";
import type { AmendmentScope, MendedMessage } from "../../domain/amending/amendment.ts";
import type { AmendmentFold } from "../../domain/amending/amendment-fold.ts";
import { mended, mendingIn, mendsIn, messageNow } from "../../domain/amending/message-now.ts";
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
  readonly scope: AmendmentScope;
  readonly manifest: Channel["manifest"];
  /** Its number, once it has begun. */
  readonly number?: number;
}

export interface MendedText extends Pick<MendRequest, "text" | "extras" | "isCaption"> {
  /** This person's message stays as it is: their values leave nothing of the text, or make it too long, or it is in another language. */
  readonly unfit?: Unfit | "otherLanguage";
}

/** Makes the texts of one mending. */
export function createMending(parts: MendingParts): (row: ResultRow) => MendedText {
  const { campaign, fold, message, scope, manifest, number } = parts;
  const rendererFor = memoised(parts.renderer);
  return (row) => {
    const own = mendingIn(message, row.language);
    const { extras } = mended(messageNow(campaign, fold, row, number), own);
    const { attachment, copy, ...beside } = extras ?? {};
    const format = beside.format === "html" ? { extras: { format: "html" as const } } : {};
    const text = rendererFor(own.text, format)(row);
    const isCaption = standsUnder({ attachment, copy });
    const unfit = mendsIn(message, scope, row.language)
      ? whyUnfit({ text, extras: isCaption ? { ...beside, attachment: FILE } : beside }, manifest)
      : "otherLanguage";
    return {
      text,
      ...(Object.keys(beside).length > 0 ? { extras: beside } : {}),
      isCaption,
      ...(unfit ? { unfit } : {}),
    };
  };
}

/** Each text is taken apart once, whoever gets it. */
function memoised(renderer: MendingParts["renderer"]) {
  const made = new Map<string, ReturnType<typeof renderer>>();
  return (message: string, format: { readonly extras?: { readonly format: "html" } }) => {
    const key = JSON.stringify([message, format]);
    const one = made.get(key) ?? renderer({ message, ...format });
    made.set(key, one);
    return one;
  };
}

/** Stands for the file that the message has and keeps. */
const FILE = { kind: "document", name: "", key: "", open: async function* () {} } as const;
