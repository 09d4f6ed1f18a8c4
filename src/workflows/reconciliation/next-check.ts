const second = 1_000
const minute = 60 * second
const hour = 60 * minute
export const dayMs = 24 * hour

/** After each check that told nothing final, in milliseconds; the first comes 30 seconds after the opening. */
const delays = [2 * minute, 5 * minute, 15 * minute, hour]

/**
 * For a gateway that does not say how long its orders can still change.
 * Assumption: no vendor page names such a limit; two weeks are longer than any bank or operator keeps one open.
 */
const defaultSettlingDays = 14

export type Checked = {
  /** Since when there is something to ask about. */
  created_at: Date
  /** How often it was asked about, this time included. */
  checks: number
}

/** Until when the gateway can still change it. */
export function settledBy({ created_at }: Checked, settlesWithinDays = defaultSettlingDays): Date {
  return new Date(created_at.getTime() + settlesWithinDays * dayMs)
}

/** When to ask again about what is not final: dense at first, then daily; null where its time is over. */
export function nextCheck(checked: Checked, until: Date, now: Date): Date | null {
  return within(delays[checked.checks - 1] ?? dayMs, until, now)
}

/** A gateway that was away for hours is asked within one: what was paid before must not wait for a day. */
export function nextTry(checked: Checked, until: Date, now: Date): Date | null {
  const age = now.getTime() - checked.created_at.getTime()
  const longest = age < dayMs ? hour : dayMs
  return within(Math.min(delays[checked.checks - 1] ?? dayMs, longest), until, now)
}

/** A day from now; the last look is at the very end. */
export function nextDay(until: Date, now: Date): Date | null {
  return within(dayMs, until, now)
}

function within(delay: number, until: Date, now: Date): Date | null {
  return now >= until ? null : new Date(Math.min(now.getTime() + delay, until.getTime()))
}
