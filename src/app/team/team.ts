/** The team: who has which role, given and taken by the owner. */
import type { GivenRole, Role, TeamState } from "../../domain/roles/role.ts";
import { roleOf } from "../../domain/roles/role.ts";
import type { TeamStore } from "../../storage/ports/team.ts";

export type { GivenRole, Right, Role } from "../../domain/roles/role.ts";

export interface TeamMember {
  readonly id: number;
  readonly role: Role;
  /** As Telegram said it when the role was given; absent for those whom only the settings name. */
  readonly name?: string;
}

/** `theOwner`: the owner's own role is that of the settings alone. `same`: they had it, or had none. */
export type TeamResult =
  { readonly ok: true } | { readonly ok: false; readonly problem: "theOwner" | "same" };

export interface TeamLook {
  /** Everybody who has a role, the owner first. */
  members(): readonly TeamMember[];
  /** A campaign goes out only when somebody else has approved it. */
  needsApproval(): boolean;
}

export interface Team extends TeamLook {
  /** Undefined: a stranger. By what is decided at this moment. */
  roleOf(id: number): Role | undefined;
  give(id: number, role: GivenRole, name?: string): Promise<TeamResult>;
  take(id: number): Promise<TeamResult>;
  /** Answers false when it was so already. */
  requireApproval(isOn: boolean): Promise<boolean>;
}

export interface TeamParts {
  readonly team: TeamStore;
  /** `OPERATOR_IDS` */
  readonly operatorIds: readonly number[];
  readonly clock: { now(): number };
}

/** Everybody of a state, the owner first. */
export function membersOf(state: TeamState, operatorIds: readonly number[]): readonly TeamMember[] {
  const ids = new Set([...operatorIds, ...state.members.map(({ id }) => id)]);
  return [...ids].flatMap((id) => {
    const role = roleOf(id, state, operatorIds);
    const name = state.members.find((one) => one.id === id)?.name;
    return role === undefined ? [] : [{ id, role, ...(name === undefined ? {} : { name }) }];
  });
}

/** Opens the team; what is decided is in memory, so that who may is known at once. */
export async function openTeam({ team, operatorIds, clock }: TeamParts): Promise<Team> {
  let state = await team.read();
  const decide = async (id: number, role: GivenRole | "none", name?: string): Promise<TeamResult> => {
    if (id === operatorIds[0]) return { ok: false, problem: "theOwner" };
    let isSame = false;
    state = await team.change((from) => {
      isSame = (roleOf(id, from, operatorIds) ?? "none") === role;
      const member = { id, role, at: clock.now(), ...(name === undefined ? {} : { name }) };
      const members = [...from.members.filter((one) => one.id !== id), member];
      return isSame ? undefined : { ...from, members };
    });
    return isSame ? { ok: false, problem: "same" } : { ok: true };
  };
  return {
    roleOf: (id) => roleOf(id, state, operatorIds),
    members: () => membersOf(state, operatorIds),
    needsApproval: () => state.needsApproval,
    give: decide,
    take: (id) => decide(id, "none"),
    async requireApproval(isOn) {
      const before = state.needsApproval;
      state = await team.change((from) => ({ ...from, needsApproval: isOn }));
      return before !== isOn;
    },
  };
}
