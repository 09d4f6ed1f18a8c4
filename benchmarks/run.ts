import { readFile, writeFile } from "node:fs/promises"
import { cpus } from "node:os"
import path from "node:path"
import { compareAdmitWebhook } from "./admit-webhook"
import { gatewayCall } from "./gateway-call"
import type { Comparison } from "./kit/comparison"
import { withDatabase } from "./kit/database"
import { keptRatios, lesser, ratiosOf, regressions } from "./kit/kept-ratios"
import type { Plan } from "./kit/measure"
import { table } from "./kit/table"
import { payoutsReport } from "./payouts/report"
import { reconciliationReport } from "./reconciliation/report"
import { paymentsReport } from "./simulation/report"
import { startReport } from "./start/report"
import { webhookRow } from "./webhook-row/webhook-row"

/** What is measured side by side, each by its own plan. */
const sideBySide: Record<string, (plan: Plan) => Promise<Comparison[]>> = {
  webhooks: compareAdmitWebhook,
  calls: gatewayCall,
  rows: async (plan) => await withDatabase(async () => await webhookRow(plan)),
}

const plans: Record<string, Plan> = {
  webhooks: { rounds: 30, roundMs: 20, warmUpMs: 400 },
  calls: { rounds: 30, roundMs: 100, warmUpMs: 1_500 },
  rows: { rounds: 30, roundMs: 100, warmUpMs: 1_000 },
}

/** Shorter, for ratios that are held against those that are kept. */
const checkPlans: Record<string, Plan> = {
  webhooks: { rounds: 12, roundMs: 10, warmUpMs: 150 },
  calls: { rounds: 20, roundMs: 100, warmUpMs: 800 },
  rows: { rounds: 15, roundMs: 100, warmUpMs: 400 },
}

type Report = (count: number, gatewayMs: number) => Promise<string>

/** One run each of something long, with how many of what; the gateway's time for an answer is the second number. */
const reports: Record<string, { report: Report; count: number; gatewayMs: number }> = {
  reconciliation: { report: reconciliationReport, count: 10_000, gatewayMs: 50 },
  payouts: {
    report: async (...asked) => await withDatabase(async () => await payoutsReport(...asked)),
    count: 1_000,
    gatewayMs: 50,
  },
  // So many starts each; no gateway is asked.
  start: { report: async (rounds) => await startReport(rounds), count: 3, gatewayMs: 0 },
  simulation: {
    report: async (...asked) => paymentsReport(...asked),
    count: 1_000,
    gatewayMs: 200,
  },
}

async function main(): Promise<void> {
  const words = process.argv.slice(2)
  const flags = words.filter((word) => word.startsWith("--"))
  const [name, ...numbers] = words.filter((word) => !word.startsWith("--"))
  const known = [...Object.keys(sideBySide), ...Object.keys(reports)]
  if (name !== undefined && !known.includes(name)) {
    console.error(`There is no benchmark "${name}"; there are: ${known.join(", ")}`)
    process.exitCode = 1
    return
  }
  const long = name === undefined ? undefined : reports[name]
  if (long) {
    const [count = long.count, gatewayMs = long.gatewayMs] = numbers.map(Number)
    console.log(await long.report(count, gatewayMs))
    return
  }
  if (flags.includes("--keep")) {
    await keepRatios()
    return
  }
  if (flags.includes("--check")) {
    await checkRatios()
    return
  }
  await showTables(name, flags.includes("--json"))
}

async function measure(
  by: Record<string, Plan>,
  only: string | undefined,
  show: (comparison: Comparison) => void
): Promise<Comparison[]> {
  const all: Comparison[] = []
  for (const [name, compare] of Object.entries(sideBySide)) {
    const plan = by[name]
    if (plan && (only === undefined || only === name)) {
      const comparisons = await compare(plan)
      comparisons.forEach(show)
      all.push(...comparisons)
    }
  }
  return all
}

async function showTables(only: string | undefined, asJson: boolean): Promise<void> {
  const processors = cpus()
  const machine = {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cores: processors.length,
    processor: processors[0]?.model ?? "unknown",
  }
  const say = (text: string) => {
    if (!asJson) {
      console.log(text)
    }
  }
  say(
    `Node ${machine.node}, ${machine.platform}, ${machine.cores} cores (${machine.processor})\n` +
      "Medians of rounds that take turns. x: how many times as long as the other takes, CPU: how many times its\n" +
      "processor time, least: the same of the least round of each; less is better. In brackets: the middle half\n" +
      "of the rounds.\n"
  )
  const comparisons = await measure(plans, only, (comparison) => say(`${table(comparison)}\n`))
  if (asJson) {
    console.log(JSON.stringify({ machine, comparisons }, undefined, 2))
  }
}

const keptFile = path.join(__dirname, "kept-ratios.json")

/** So often it is measured again before a ratio counts as worse. */
const mostTries = 5

async function keepRatios(): Promise<void> {
  const ratios = ratiosOf(await measure(plans, undefined, () => undefined))
  await writeFile(keptFile, `${JSON.stringify(ratios, undefined, 2)}\n`)
}

async function checkRatios(): Promise<void> {
  const kept = keptRatios.parse(JSON.parse(await readFile(keptFile, "utf8")))
  const measureRatios = async () => ratiosOf(await measure(checkPlans, undefined, () => undefined))
  let ratios = await measureRatios()
  for (let tries = 1; tries < mostTries && regressions(ratios, kept).length > 0; tries += 1) {
    ratios = lesser(ratios, await measureRatios())
  }
  const worse = regressions(ratios, kept)
  console.log(worse.length === 0 ? "No ratio is worse than the one that is kept" : worse.join("\n"))
  process.exitCode = worse.length === 0 ? 0 : 1
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
