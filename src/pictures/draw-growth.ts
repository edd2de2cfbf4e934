/** Draws how the subscribers grow. */
import type { GrowthPicture } from "../app/growth/growth-picture.ts";
import { drawnChart } from "./drawn-chart.ts";
import { growthChart } from "./growth-chart.ts";

/** Draws it as a PNG, 1080 pixels wide. */
export function drawGrowth(picture: GrowthPicture): Promise<Uint8Array> {
  return drawnChart(growthChart(picture));
}
