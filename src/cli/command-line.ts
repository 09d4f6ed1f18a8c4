import { parseArgs, type ParseArgsConfig } from "node:util"
import { providerIdProblem } from "../shared/provider-address"
import { gatewayNames, isGatewayName, type NewProvider } from "./add/templates"
import { checkNames, type CheckName } from "./doctor/diagnostic"
import { packageName } from "./own-package"
import type { WebhookTrial } from "./webhook/try-webhook"

export type Command =
  | { name: "help" }
  | { name: "version" }
  | { name: "webhook"; trial: WebhookTrial }
  | { name: "add"; provider: NewProvider; isAgreed: boolean }
  | { name: "sandbox"; args: readonly string[] }
  | { name: "pay"; args: readonly string[] }
  | { name: "doctor"; json: boolean; skip: ReadonlySet<CheckName>; servers: number | undefined }

/** What was typed is none of the commands. */
export class UsageError extends Error {}

export const usage = `npx ${packageName} <command>, in the folder of your Medusa store

  doctor                    looks at config, credentials, addresses, regions, database and keys
      --json                prints it for programs
      --skip a,b            leaves out some of ${checkNames.join(", ")}
      --servers 3           how many servers your store has

  webhook <provider>        sends a running store a signed message about an open test payment, and follows it
      --reference <number>  of our payment; the newest that is open without it
      --url <address>       where the store is reached from here, such as http://localhost:9000

  add <gateway>             writes one of mocasa, mocopay, kess, cashy, paymentz into medusa-config and .env,
                            once you have seen what and agreed
      --id <id>             for a second account of the same gateway
      --yes                 does not ask

  sandbox                   starts stand-ins for the gateways, until Ctrl-C
      --only a,b            some of mocasa, mocopay, kess, cashy, paymentz
      --port 4010           the first one's port; the others follow
      --webhook-url <url>   where they send messages; {gateway} stands for each one's name

  pay                       buys the first thing of a running store as a shopper would, to try a provider
      --key pk_...          the publishable API key
      --provider <id>       such as pp_mocasa_mocasa
      --sandbox <url>       pays at the stand-in that is there; without it the page to pay on is told
      --store <url>         where the store is reached, http://localhost:9000 without it

Exit code of doctor: 0 nothing is wrong, 1 something is, 2 something could not be looked at`

/** @throws UsageError that says what would be right */
export function parseCommandLine(args: readonly string[]): Command {
  const [name, ...rest] = args
  switch (name) {
    case undefined:
    case "help":
    case "--help":
    case "-h":
      return { name: "help" }
    case "--version":
    case "-v":
      return { name: "version" }
    case "doctor":
      return doctorCommand(rest)
    case "webhook":
      return webhookCommand(rest)
    case "add":
      return addCommand(rest)
    case "sandbox":
    case "pay":
      return { name, args: rest }
    default:
      throw new UsageError(`There is no command ${JSON.stringify(name)}`)
  }
}

function doctorCommand(args: readonly string[]): Command {
  const { values } = parsed(args, {
    json: { type: "boolean", default: false },
    skip: { type: "string", default: "" },
    servers: { type: "string" },
    help: { type: "boolean", short: "h", default: false },
  })
  if (values.help) {
    return { name: "help" }
  }
  return {
    name: "doctor",
    json: values.json,
    skip: new Set(listOf(values.skip).map(checkNamed)),
    servers: values.servers === undefined ? undefined : countOf(values.servers),
  }
}

function webhookCommand(args: readonly string[]): Command {
  const { values, positionals } = parsed(args, {
    reference: { type: "string" },
    url: { type: "string" },
    help: { type: "boolean", short: "h", default: false },
  })
  if (values.help) {
    return { name: "help" }
  }
  const [provider = "", ...more] = positionals
  if (provider === "" || more.length > 0) {
    throw new UsageError("webhook takes one provider, such as mocasa_mocasa")
  }
  const { reference, url } = values
  if (url !== undefined && !/^https?:\/\/[^/]/.test(url)) {
    throw new UsageError("--url takes an address such as http://localhost:9000")
  }
  return { name: "webhook", trial: { provider, reference, url } }
}

function addCommand(args: readonly string[]): Command {
  const { values, positionals } = parsed(args, {
    id: { type: "string" },
    yes: { type: "boolean", short: "y", default: false },
    help: { type: "boolean", short: "h", default: false },
  })
  if (values.help) {
    return { name: "help" }
  }
  const [gateway = "", ...more] = positionals
  if (!isGatewayName(gateway) || more.length > 0) {
    throw new UsageError(`add takes one of ${gatewayNames.join(", ")}`)
  }
  const id = values.id ?? gateway
  const problem = id === "" ? "must not be empty" : providerIdProblem(id)
  if (problem !== undefined) {
    throw new UsageError(`--id ${problem}`)
  }
  return { name: "add", provider: { gateway, id }, isAgreed: values.yes }
}

function parsed<Options extends NonNullable<ParseArgsConfig["options"]>>(
  args: readonly string[],
  options: Options
) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error })
  }
}

function listOf(text: string): string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "")
}

function checkNamed(name: string): CheckName {
  const known = checkNames.find((each) => each === name)
  if (!known) {
    throw new UsageError(
      `--skip takes some of ${checkNames.join(", ")}, not ${JSON.stringify(name)}`
    )
  }
  return known
}

function countOf(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) {
    throw new UsageError(`--servers takes a number from 1 on, not ${JSON.stringify(text)}`)
  }
  return Number(text)
}
