/** Scheduling campaigns in memory: nothing starts by itself. */
import type { Scheduling } from "../../../src/app/when/scheduling.ts";
import type { WhenReading } from "../../../src/app/when/when-reading.ts";
import { createWhenReading } from "../../../src/app/when/when-reading.ts";
import type { Campaign } from "../../../src/domain/campaign.ts";
import { awaitsStart } from "../../../src/domain/when/schedule.ts";
import { createWindows } from "../../../src/domain/when/windows.ts";
import type { Clock } from "../../../src/lib/clock.ts";
import { createWallClock } from "../../../src/lib/time/wall-clock.ts";

interface Held {
  readonly clock: Clock;
  readonly campaigns: Map<string, Campaign>;
}

export function createFakeScheduling({
  clock,
  campaigns,
}: Held): Scheduling & { readonly when: WhenReading } {
  const become = (id: string, next: Partial<Campaign>) => {
    const campaign = campaigns.get(id);
    if (!campaign) return { ok: false as const, problem: "unknownCampaign" as const };
    if (!awaitsStart(campaign)) return { ok: false as const, problem: "notNow" as const };
    const { pause: _, ...rest } = campaign;
    campaigns.set(id, { ...rest, ...next });
    return { ok: true as const };
  };
  return {
    when: createWhenReading({ clock, timeZone: "UTC", windows: createWindows(createWallClock) }),
    startNow: async (id) => become(id, { status: "running" }),
    moveStart: async (id, moment, by) =>
      moment.at <= clock.now()
        ? { ok: false, problem: "past" }
        : become(id, { status: "scheduled", schedule: { ...moment, by, setAt: clock.now() } }),
  };
}
