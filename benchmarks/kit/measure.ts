/** One of several ways to do the same thing. */
export type Subject = {
  name: string
  /** Does it that many times. */
  run(times: number): void | Promise<void>
}

/** What one operation cost in one round, in microseconds. */
export type Cost = {
  /** On the clock. */
  time: number
  /** Of this process's processors, garbage collection included; other programs do not count. */
  cpu: number
}

export type Measured = { name: string; rounds: readonly Cost[] }

export type Plan = {
  rounds: number
  /** How long each subject runs in each round, roughly, in milliseconds. */
  roundMs: number
  /** How long each subject runs before the first round, at least, in milliseconds. */
  warmUpMs: number
}

/** Both in microseconds, both only forward. */
export type Meter = { time: () => number; cpu: () => number }

export const processMeter: Meter = {
  time: () => performance.now() * 1_000,
  cpu: () => {
    const { user, system } = process.cpuUsage()
    return user + system
  },
}

/**
 * Runs the subjects side by side: each round runs all of them, each round begins with another, so
 * that a busy machine is busy for all of them and nobody always comes first.
 */
export async function measureSideBySide(
  subjects: readonly Subject[],
  plan: Plan,
  meter: Meter = processMeter
): Promise<Measured[]> {
  const entries: { subject: Subject; times: number; rounds: Cost[] }[] = []
  for (const subject of subjects) {
    entries.push({ subject, times: await warmUp(subject, plan, meter), rounds: [] })
  }
  for (let round = 0; round < plan.rounds; round++) {
    const first = round % entries.length
    for (const { subject, times, rounds } of [
      ...entries.slice(first),
      ...entries.slice(0, first),
    ]) {
      rounds.push(await costOf(subject, times, meter))
    }
  }
  return entries.map(({ subject, rounds }) => ({ name: subject.name, rounds }))
}

/** How many times the subject fits into a round, found while its code is being compiled. */
async function warmUp(subject: Subject, plan: Plan, meter: Meter): Promise<number> {
  let times = 1
  let spent = 0
  for (;;) {
    const { time } = await costOf(subject, times, meter)
    spent += time * times
    const fitting = Math.max(1, Math.round((plan.roundMs * 1_000) / Math.max(time, 0.001)))
    if (spent >= plan.warmUpMs * 1_000) {
      return fitting
    }
    // Doubled step by step: the first times are much slower than those that will be measured.
    times = Math.min(times * 2, fitting)
  }
}

async function costOf(subject: Subject, times: number, meter: Meter): Promise<Cost> {
  const cpu = meter.cpu()
  const time = meter.time()
  await subject.run(times)
  return { time: (meter.time() - time) / times, cpu: (meter.cpu() - cpu) / times }
}
