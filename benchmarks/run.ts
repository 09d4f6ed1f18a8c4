import { cpus } from "node:os"
import { compareAdmitWebhook } from "./admit-webhook"
import { gatewayCall } from "./gateway-call"
import { table } from "./kit/table"
import { reconciliationReport } from "./reconciliation/report"

async function main(): Promise<void> {
  const [name, count] = process.argv.slice(2)
  if (name === "reconciliation") {
    console.log(await reconciliationReport(Number(count ?? 10_000)))
    return
  }
  const asJson = process.argv.includes("--json")
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
      "Medians of rounds that take turns. x: how many times as long as the other takes, CPU: how many\n" +
      "times its processor time; less is better. In brackets: the middle half of the rounds.\n"
  )
  const comparisons = await compareAdmitWebhook()
  comparisons.forEach((comparison) => say(`${table(comparison)}\n`))
  if (name === "webhooks") {
    return
  }
  const calls = await gatewayCall()
  calls.forEach((comparison) => say(`${table(comparison)}\n`))
  if (asJson) {
    console.log(JSON.stringify({ machine, comparisons: [...comparisons, ...calls] }, undefined, 2))
  }
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
