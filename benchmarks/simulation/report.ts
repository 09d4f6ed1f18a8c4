import { randomFrom, simulate } from "./simulate"

/**
 * What a payment costs, by the measurements that docs/performance.md names: Mocasa, from the payment collection to the
 * order. The processor time is an upper bound: that of a test's process, in which Jest has transformed all sources and
 * the shopper and the sandbox run as well.
 */
const measured = {
  /** Of the database, Medusa's own included. */
  statements: 225,
  /** Processor time of Node, Medusa's own included, in milliseconds; divided as the statements are. */
  session: 200,
  message: { cpuBefore: 30, cpuAfter: 470 },
  /** What PostgreSQL writes into its log, in bytes, without whole pages after each checkpoint. */
  walBytes: 58 * 1_024,
  /** What the plugin's rows take up with their indexes, the message's body included, in bytes. */
  rowBytes: 3_000,
  /** Assumption: so long a connection is held for a statement, in milliseconds, by a database that is not overloaded. */
  statementMs: 0.4,
}

/** Of webhooks, as by default; see `webhooksAtOnce`. */
const atOnce = 4

/** What so many payments a second need, and what they make of servers that are too few. */
export function paymentsReport(perSecond: number, gatewayMs: number): string {
  const { session, message, statements, statementMs, walBytes, rowBytes } = measured
  const day = perSecond * 86_400
  const servers = Math.ceil((perSecond * session) / 1_000 / 0.7)
  const threads = (perSecond * (message.cpuBefore + message.cpuAfter)) / 1_000
  const lines = [
    `${perSecond} payments a second, each ${statements} statements:`,
    `  statements a second: ${number(perSecond * statements)}`,
    `  connections at work: ${number((perSecond * statements * statementMs) / 1_000)}`,
    `  log written: ${number((perSecond * walBytes) / 2 ** 20)} MB a second`,
    `  the plugin's rows: ${number((day * rowBytes) / 2 ** 30)} GB a day`,
    `  servers for the storefront, at 0.7 of a core each: ${number(servers)}`,
    "  workers, from a message to its order:",
  ]
  for (const spare of [0.95, 1.15, 1.4, 2]) {
    const workers = Math.ceil(threads * spare)
    const { median, p99, busy, left } = simulate(
      { ...message, gateway: gatewayMs },
      { perSecond, workers, atOnce, seconds: 60 },
      randomFrom(1)
    )
    lines.push(
      `    ${number(workers)}: ${number(median)} ms, of a hundred one takes ${number(p99)} ms; ` +
        `busy for ${Math.round(busy * 100)} % of their time, ${number(left)} left after a minute`
    )
  }
  return lines.join("\n")
}

function number(value: number): string {
  return Math.round(value).toLocaleString("en-US")
}
