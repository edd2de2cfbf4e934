/** Draws the report's picture. */
import type { ReportPicture } from "../app/report/report-picture.ts";
import { drawnChart } from "./drawn-chart.ts";
import { reportChart } from "./report-chart.ts";

/** Draws a report as a PNG, 1080 pixels wide. */
export function drawReport(picture: ReportPicture): Promise<Uint8Array> {
  return drawnChart(reportChart(picture));
}
