import { model } from "@medusajs/framework/utils"
import { dailyRunKinds } from "../domain/schedule"

/** The table behind `DailyRun`: what is done once a day, by whichever server comes first. */
export const PayoutDailyRun = model
  .define("payout_daily_run", {
    id: model.id({ prefix: "porun" }).primaryKey(),
    kind: model.enum([...dailyRunKinds]),
    day: model.text(),
    started_at: model.dateTime(),
    ended_at: model.dateTime().nullable(),
    outcome: model.json().nullable(),
  })
  .indexes([
    { on: ["kind", "day"], unique: true, where: null },
    { on: ["kind", "started_at"], where: null },
  ])
