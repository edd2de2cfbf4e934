/** The figures in the words of one language, as the monitoring page shows them: every digit and date is set here. */
import type { Words } from "../words/words.ts";
import { accountsSection } from "./accounts-section.ts";
import { campaignsSection } from "./campaigns-section.ts";
import type { Figures } from "./figures.ts";
import { isUnderWay } from "../domain/campaign-status.ts";
import { stillSent } from "../domain/report/outcomes.ts";
import { kpisSection, leadsSection } from "./leads-section.ts";
import { workersSection } from "./workers-section.ts";
import { syncSection } from "./sync-section.ts";
import type { MonitorView, Tile } from "./view.ts";

/** Says the figures. @param hasChat There is a chat page on the same port */
export function monitorView(figures: Figures, words: Words, hasChat: boolean): MonitorView {
  return {
    locale: words.locale,
    title: words.plain("monitor-title"),
    subtitle: words.plain("monitor-subtitle"),
    updated: words.plain("monitor-updated", { moment: words.moment(figures.at) }),
    lost: words.plain("monitor-lost"),
    chat: words.plain("monitor-chat"),
    hasChat,
    english: words.plain("button-english"),
    persian: words.plain("button-persian"),
    tiles: overview(figures, words),
    sections: [
      campaignsSection(figures, words),
      accountsSection(figures, words),
      ...workersSection(figures, words),
      leadsSection(figures, words),
      kpisSection(figures, words),
      syncSection(figures, words),
    ],
  };
}

function overview({ campaigns, accounts, leads }: Figures, words: Words): readonly Tile[] {
  const number = (count: number): string => words.plain("monitor-number", { count });
  const sum = (of: (one: Figures["campaigns"][number]) => number): number =>
    campaigns.reduce((total, one) => total + of(one), 0);
  const ready = accounts.filter(({ health }) => health === "active").length;
  return [
    {
      label: words.plain("monitor-tile-running"),
      value: number(campaigns.filter(({ campaign }) => isUnderWay(campaign)).length),
    },
    { label: words.plain("monitor-tile-sent"), value: number(sum(stillSent)) },
    { label: words.plain("monitor-tile-uncertain"), value: number(sum(({ counts }) => counts.uncertain)) },
    {
      label: words.plain("monitor-tile-accounts"),
      value: words.plain("monitor-of", { count: ready, total: accounts.length }),
    },
    { label: words.plain("monitor-tile-leads"), value: number(leads) },
  ];
}
