/** People as Bluesky shows them, and the profile that a target is looked up by. */
import { z } from "zod";
import type { Lead } from "../../domain/collecting/lead.ts";
import type { SourceFault } from "../source.ts";
import type { BlueskyParts } from "./questions.ts";
import { askBluesky, unreadable } from "./questions.ts";

const personSchema = z.object({
  did: z.string().startsWith("did:"),
  handle: z.string().regex(/^[^\s@/]+$/),
  displayName: z.string().optional().catch(undefined),
});
const profileSchema = z.object({
  did: z.string().startsWith("did:"),
  followersCount: z.number().int().nonnegative().optional().catch(undefined),
});

/** An account that was found; its `did` stays when its handle changes. */
export interface Profile {
  readonly kind: "profile";
  readonly did: string;
  readonly followers?: number;
}

/** Reads one person; undefined where it is not readable. */
export function leadOf(person: unknown): Lead | undefined {
  const known = personSchema.safeParse(person).data;
  if (!known) return undefined;
  const { did: id, handle, displayName } = known;
  const profile = `https://bsky.app/profile/${id}`;
  return {
    id,
    username: handle.toLowerCase(),
    ...(displayName ? { displayName } : {}),
    details: { profile },
  };
}

/** Looks up an account by handle or DID. */
export async function profileOf(
  parts: BlueskyParts,
  actor: string,
  signal: AbortSignal,
): Promise<Profile | SourceFault> {
  const answered = await askBluesky(parts, "app.bsky.actor.getProfile", { actor }, signal);
  if (answered.kind === "fault") return answered.fault;
  const profile = profileSchema.safeParse(answered.body).data;
  if (!profile) return unreadable;
  const { did, followersCount } = profile;
  return { kind: "profile", did, ...(followersCount === undefined ? {} : { followers: followersCount }) };
}

/** The DID of an actor and nothing more; asks only for a handle. */
export async function didOf(
  parts: BlueskyParts,
  actor: string,
  signal: AbortSignal,
): Promise<Profile | SourceFault> {
  if (actor.startsWith("did:")) return { kind: "profile", did: actor };
  const profile = await profileOf(parts, actor, signal);
  return profile.kind === "profile" ? { kind: "profile", did: profile.did } : profile;
}
