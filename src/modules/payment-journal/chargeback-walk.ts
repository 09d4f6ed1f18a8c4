const dayMs = 24 * 60 * 60_000

/**
 * How far somebody who reads through a gateway's list of payments has come. Days are those of UTC, such as
 * `2030-01-31`.
 */
export type WalkPlace = {
  /** The first day of the part of the list that is being read. */
  day: string
  /** The last day of the whole walk. */
  last_day: string
  /** Of that part; counts from 1. */
  page: number
}

/** A part of the list that is read by one series of pages. */
export type WalkPart = { from: string; to: string }

/**
 * So many days are read at a time. What began on days that are over stays where it is in the list, so that a
 * page does not move while the ones before it are read.
 */
const daysOfPart = 30

/**
 * Where a walk over the last days begins. A day more on either side, because a gateway's days may be those
 * of another time zone.
 */
export function firstPlace(now: Date, days: number): WalkPlace {
  return { day: dayOf(now, -days - 1), last_day: dayOf(now, 1), page: 1 }
}

export function partOf({ day, last_day }: WalkPlace): WalkPart {
  const end = dayOf(new Date(day), daysOfPart - 1)
  return { from: day, to: end < last_day ? end : last_day }
}

/** Null where the walk is at its end. */
export function nextPlace(place: WalkPlace, isLastPage: boolean): WalkPlace | null {
  if (!isLastPage) {
    return { ...place, page: place.page + 1 }
  }
  const { to } = partOf(place)
  return to >= place.last_day ? null : { ...place, day: dayOf(new Date(to), 1), page: 1 }
}

function dayOf(time: Date, days: number): string {
  return new Date(time.getTime() + days * dayMs).toISOString().slice(0, 10)
}
