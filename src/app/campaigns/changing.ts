/** Changing a campaign that runs or is paused: what is asked for, and what is answered. */
import type { CampaignId } from "../../domain/campaign.ts";
import type { CampaignChange, SeenSettings } from "../../domain/campaign-change.ts";
import type { MessageProblem, Preview } from "../drafts/draft.ts";
import type { DraftExtras } from "../drafts/draft-extras.ts";

/** Another text, with all that is to go with it. */
export interface RequestedMessage {
  readonly text: string;
  readonly extras?: DraftExtras;
  /** What goes with the text there is (formatting, file, buttons) stays; there are no `extras` then. */
  readonly keepsExtras?: true;
  /** Texts in other languages beside those that stay or come with the `extras`. */
  readonly translations?: readonly { readonly language: string; readonly message: string }[];
}

/** What is to be changed; whatever is absent stays. */
export interface ChangeRequest {
  readonly message?: RequestedMessage;
  readonly settings?: CampaignChange["settings"];
  /** Telegram id of the operator, or the name of the program or login. */
  readonly by: string;
  /** The revision as it was looked at; one that was changed since is not touched. */
  readonly revision?: number;
  /** Settings as they were looked at; where one that is to be changed is another since, nothing is changed. */
  readonly seen?: SeenSettings;
}

export type ChangeResult =
  /** `revision`: its number for people; `left`: how many are still to be written to, by the new values. */
  | { readonly ok: true; readonly revision: number; readonly left: number }
  | { readonly ok: false; readonly problem: "unknownCampaign" | "over" | "changed" | "same" | "noAccount" }
  | { readonly ok: false; readonly problem: "message"; readonly problems: readonly MessageProblem[] };

/** What a new text would look like, and whom it would touch. */
export interface ChangePreview {
  readonly previews: readonly Preview[];
  /** Still to be written to. */
  readonly left: number;
  /** Who has a text already, or may have. */
  readonly had: number;
}

/** The use cases of changing. */
export interface Changing {
  /** Changes a campaign that runs or is paused, from the next claim on. */
  change(id: CampaignId, request: ChangeRequest): Promise<ChangeResult>;
  /** The exact texts for up to three recipients who would be written to next; undefined for an unknown id. */
  previewChange(
    id: CampaignId,
    message: NonNullable<ChangeRequest["message"]>,
  ): Promise<ChangePreview | undefined>;
}
