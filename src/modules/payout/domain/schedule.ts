import { z } from "zod"
import { readRow, time } from "../../../shared/database"
import { invalidData } from "../../../shared/errors"
import { PayoutConflict } from "./state"
import type { Transfer } from "./transfer"

const secondMs = 1_000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

const daily = [1, 2, 3, 4, 5, 6, 7].map((day) => day * dayMs)

/** When a transfer is asked about after it was sent, in milliseconds. */
const afterSending = [
  30 * secondMs,
  2 * minuteMs,
  5 * minuteMs,
  15 * minuteMs,
  hourMs,
  ...daily,
] as const

/** How long what surely was not sent waits for its next try, in milliseconds; the last one repeats. */
const beforeNextTry = [minuteMs, 5 * minuteMs, 15 * minuteMs, hourMs] as const

/** When an approved transfer is sent, unless something holds it up. */
export function firstSending({ send_at }: Pick<Transfer, "send_at">, now: Date): Date {
  return send_at !== null && send_at > now ? send_at : now
}

/** @throws MedusaError invalid_data for a day that is over */
export function refusePast(sendAt: Date | null, now: Date): void {
  if (sendAt !== null && sendAt <= now) {
    throw invalidData(
      `send_at ${sendAt.toISOString()} is over. Name a later time, or none: then it is sent once it is approved`,
      { code: "time_over" }
    )
  }
}

/** @throws PayoutConflict where it is to be sent on a later day */
export function refuseTooEarly(
  { reference, send_at }: Pick<Transfer, "reference" | "send_at">,
  now: Date
): void {
  if (send_at !== null && send_at > now) {
    const time = send_at.toISOString()
    throw new PayoutConflict(
      `The transfer ${reference} is sent by itself at ${time}, and not before. To pay it now, cancel it and make another`,
      { code: "sent_later", details: { reference, time } }
    )
  }
}

/** When the gateway is asked the next time; undefined where asking tells no more. */
export function nextQuestion(
  { submitted_at }: Pick<Transfer, "submitted_at">,
  now: Date
): Date | undefined {
  return nextAfter(afterSending, submitted_at ?? now, now)
}

/** The same for one that succeeded: the receiving bank can send the money back. */
export function nextLook(succeededAt: Date, now: Date): Date | undefined {
  return nextAfter(daily, succeededAt, now)
}

/** @param failedTries how often it was tried and not sent before, this time included */
export function nextTry(failedTries: number, now: Date): Date {
  const index = Math.min(Math.max(failedTries, 1), beforeNextTry.length) - 1
  return new Date(now.getTime() + (beforeNextTry[index] ?? hourMs))
}

function nextAfter(times: readonly number[], since: Date, now: Date): Date | undefined {
  const next = times.find((time) => since.getTime() + time > now.getTime())
  return next === undefined ? undefined : new Date(since.getTime() + next)
}

/** The hour of the day there, 0 to 23. */
export function hourOf(now: Date, timeZone: string): number {
  const format = new Intl.DateTimeFormat("en", { timeZone, hour: "numeric", hourCycle: "h23" })
  return Number(format.format(now))
}

/** The longest day there is: 25 hours, where clocks are put back, and one to spare. */
const longestDaySeconds = 26 * 60 * 60

/**
 * When the day of `now` began there. Searched for rather than computed: where clocks are put forward at
 * midnight the day begins at one o'clock.
 */
export function startOfDay(now: Date, timeZone: string): Date {
  const format = new Intl.DateTimeFormat("en", { timeZone, dateStyle: "short" })
  const today = format.format(now)
  const nowSecond = Math.floor(now.getTime() / secondMs)
  const isToday = (second: number) => format.format(second * secondMs) === today
  let before = nowSecond - longestDaySeconds
  let within = nowSecond
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2)
    if (isToday(middle)) {
      within = middle
    } else {
      before = middle
    }
  }
  return new Date(within * secondMs)
}

/**
 * - `digest`: people are told what waits for them
 * - `reconciliation`: what was sent is held against what the gateways say of it
 */
export const dailyRunKinds = ["digest", "reconciliation"] as const

export type DailyRunKind = (typeof dailyRunKinds)[number]

/** A row of `payout_daily_run`. */
const dailyRunRow = z.object({
  id: z.string(),
  kind: z.enum(dailyRunKinds),
  /** In the shop's time zone, such as `2026-05-31`. */
  day: z.string(),
  started_at: time,
  /** Null while it is under way, or where the server died in it. */
  ended_at: time.nullable(),
  outcome: z.record(z.string(), z.unknown()).nullable(),
})

export type DailyRun = z.infer<typeof dailyRunRow>

export function toDailyRun(row: unknown): DailyRun {
  return readRow("payout_daily_run", dailyRunRow, row)
}
