import { createInterface } from "node:readline/promises"
import { errorMessage } from "../shared/errors"
import { plannedChanges, shownChanges, whatIsNext, writeChanges } from "./add/add"
import { parseCommandLine, usage, UsageError, type Command } from "./command-line"
import { connectDatabase } from "./doctor/checks/database"
import { diagnose } from "./doctor/doctor"
import { exitCodeOf } from "./doctor/diagnostic"
import { asJson, asText } from "./doctor/print"
import { secretHider } from "./doctor/secrets"
import { ownFile, ownPackage } from "./own-package"
import { runProgram } from "./run-program"
import { startSandbox } from "./sandbox"
import { loadShop, prepareNode } from "./shop"
import { tryWebhook, type WebhookTrial } from "./webhook/try-webhook"

/** Where a command is run, and what it tells. */
export type Terminal = {
  folder: string
  print(text: string): Promise<void>
  printError(text: string): Promise<void>
  /** Asks a person; no where nobody can answer. */
  agree(question: string): Promise<boolean>
}

/** @returns the exit code */
export async function main(
  args: readonly string[],
  terminal: Terminal = ownTerminal()
): Promise<number> {
  try {
    return await run(parseCommandLine(args), terminal)
  } catch (error) {
    const isUsage = error instanceof UsageError
    await terminal.printError(isUsage ? `${error.message}\n\n${usage}` : errorMessage(error))
    return 2
  }
}

async function run(command: Command, { folder, print, agree }: Terminal): Promise<number> {
  switch (command.name) {
    case "help":
      await print(usage)
      return 0
    case "version":
      await print(ownPackage().version)
      return 0
    case "webhook":
      return await runWebhook(command.trial, folder, print)
    case "add": {
      const { provider, isAgreed } = command
      const changes = plannedChanges(folder, provider)
      await print(shownChanges(changes))
      if (!isAgreed && !(await agree("Write this?"))) {
        await print("Nothing was written")
        return 1
      }
      writeChanges(folder, changes)
      await print(whatIsNext(folder, provider))
      return 0
    }
    case "sandbox":
      return await startSandbox(folder, command.args)
    case "pay":
      return await runProgram(ownFile("docs/try-a-payment.mjs"), command.args)
    case "doctor": {
      const { skip, servers, json } = command
      prepareNode(folder)
      const diagnostics = await diagnose({ folder, skip, servers })
      await print(json ? asJson(diagnostics) : asText(diagnostics))
      return exitCodeOf(diagnostics)
    }
  }
}

/** Nothing secret is printed, whoever says it. */
async function runWebhook(
  trial: WebhookTrial,
  folder: string,
  print: Terminal["print"]
): Promise<number> {
  prepareNode(folder)
  const shop = await loadShop(folder)
  const hide = secretHider(shop.config)
  const database = await connectDatabase(shop.config)
  try {
    return (await tryWebhook(shop, database, trial, (line) => print(hide(line)))) ? 0 : 1
  } finally {
    await database.destroy()
  }
}

/** The process' own: what a shop's packages print of themselves goes where errors go, so that a program reads one thing. */
function ownTerminal(): Terminal {
  const { stdout, stderr } = process
  const print = stdout.write.bind(stdout)
  const printError = stderr.write.bind(stderr)
  stdout.write = printError
  return {
    folder: process.cwd(),
    print: (text) => written(print, text),
    printError: (text) => written(printError, text),
    agree: asked,
  }
}

async function asked(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    process.stderr.write("Nobody can be asked here; --yes agrees beforehand\n")
    return false
  }
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `)).trim())
  } finally {
    lines.close()
  }
}

/** Resolves once a pipe has taken it: `process.exit` drops what it has not. */
async function written(write: (text: string, done: () => void) => boolean, text: string) {
  await new Promise<void>((resolve) => write(`${text}\n`, resolve))
}
