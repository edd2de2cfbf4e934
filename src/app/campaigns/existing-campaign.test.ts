import { expect, test } from "vitest";
import { systemClock } from "../../lib/clock.ts";
import { createFakeApp } from "../../../tests/support/fake-app/fake-app.ts";
import { existingCampaign } from "./existing-campaign.ts";

test("whose message was taken back is not counted among those who keep the text before", async () => {
  const app = createFakeApp(systemClock);
  app.put("spring", { sent: 57, planned: 3 });
  app.extend("spring", { amended: { takenBack: 36, mended: 0 } });
  expect(await existingCampaign(app, "spring")).toMatchObject({ sent: 21, left: 3, total: 60 });
});
