/** Who of a team may do what. Pure. */

/** `owner`: the first of `OPERATOR_IDS`, always. */
export const roles = ["owner", "operator", "approver", "viewer"] as const;
export type Role = (typeof roles)[number];

/** What the owner can give. */
export const givenRoles = ["operator", "approver", "viewer"] as const satisfies readonly Role[];
export type GivenRole = (typeof givenRoles)[number];

/**
 * `look`: see how everything stands, and the settings that are one's own. `act`: do something, and take something out.
 * `approve`: say of somebody else's campaign that it may go out. `own`: give roles, and say whether campaigns are approved.
 */
export type Right = "look" | "act" | "approve" | "own";

const rights: Readonly<Record<Role, readonly Right[]>> = {
  owner: ["look", "act", "approve", "own"],
  operator: ["look", "act", "approve"],
  approver: ["look", "approve"],
  viewer: ["look"],
};

/** Tells whether somebody of this role may; undefined: somebody without one, who may nothing. */
export function may(role: Role | undefined, right: Right): boolean {
  return role !== undefined && rights[role].includes(right);
}

/** What was decided about one person. */
export interface Member {
  readonly id: number;
  /** `none`: their role was taken, also one that the settings give. */
  readonly role: GivenRole | "none";
  /** As Telegram said it when it was decided. */
  readonly name?: string;
  /** ms since the epoch */
  readonly at: number;
}

export interface TeamState {
  /** The one who was decided on last comes last; everybody once. */
  readonly members: readonly Member[];
  /** A campaign goes out only when somebody else has approved it. */
  readonly needsApproval: boolean;
}

/**
 * The role of a person.
 * @param configured `OPERATOR_IDS`: the first is the owner whatever was decided, the others are operators until told otherwise
 */
export function roleOf(
  id: number,
  { members }: Pick<TeamState, "members">,
  configured: readonly number[],
): Role | undefined {
  if (id === configured[0]) return "owner";
  const decided = members.find((one) => one.id === id)?.role;
  if (decided !== undefined) return decided === "none" ? undefined : decided;
  return configured.includes(id) ? "operator" : undefined;
}
