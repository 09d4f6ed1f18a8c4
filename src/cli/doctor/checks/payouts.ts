/** The payout providers that the plugin's options list: whether they are made, and know the shop. */
import { asValue } from "@medusajs/framework/awilix"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { ConfigModule, Logger } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, createMedusaContainer } from "@medusajs/framework/utils"
import { GatewayError } from "../../../gateways/shared/errors"
import { decryptAccount } from "../../../modules/payout/crypto/accounts"
import { KeyRing, MissingKeyError } from "../../../modules/payout/crypto/keys"
import {
  loadPayoutProviders,
  PAYOUT_PROVIDERS,
  PayoutProviders,
} from "../../../modules/payout/load-providers"
import { parsePayoutOptions } from "../../../modules/payout/options"
import { type AbstractPayoutProvider, PAYOUT_MODULE } from "../../../modules/payout/provider"
import { errorMessage } from "../../../shared/errors"
import { isPlainObject } from "../../../shared/validation"
import type { Shop } from "../../shop"
import { type Diagnostic, diagnostic, type Severity } from "../diagnostic"
import { pluginPlace } from "../places"

/**
 * @param shop whose payout options can be used
 * @param mayAsk whether the gateways are to be asked
 */
export async function checkPayouts(
  { config, source }: Pick<Shop, "config" | "source">,
  log: Logger,
  mayAsk: boolean
): Promise<Diagnostic[]> {
  const container = createMedusaContainer()
  container.register({
    [ContainerRegistrationKeys.CONFIG_MODULE]: asValue(config),
    [ContainerRegistrationKeys.LOGGER]: asValue(log),
  })
  const { file, line, option } = pluginPlace(source, "options.payouts.providers")
  try {
    await loadPayoutProviders({ container, options: asOptions(payoutModuleOptions(config)) })
    const ids: string[] = container.resolve(PAYOUT_PROVIDERS)
    const providers = PayoutProviders.in(container.cradle, ids)
    return mayAsk
      ? await Promise.all(ids.map((id) => askPayoutProvider(id, providers.get(id))))
      : []
  } catch (error) {
    return [diagnostic("options", "fault", errorMessage(error), { place: { file, line, option } })]
  }
}

function asOptions(options: unknown): Record<string, unknown> {
  return typeof options === "object" && options !== null ? { ...options } : {}
}

/** The balance is the one call of payouts that only asks and names no transfer. */
async function askPayoutProvider(
  id: string,
  provider: AbstractPayoutProvider
): Promise<Diagnostic> {
  const { title, files } = provider
  const say = (severity: Severity, message: string) =>
    diagnostic("credentials", severity, message, { provider: id })
  if (files !== undefined) {
    return say("ok", `${title} is paid by files and has no credentials`)
  }
  if (!provider.retrieveBalance) {
    return say(
      "advice",
      `${title} has no call for payouts that only asks, so that its credentials for them were not tried`
    )
  }
  try {
    await provider.retrieveBalance()
    return say("ok", `${title} knows the shop, and told its balance`)
  } catch (error) {
    const isRefused =
      error instanceof GatewayError &&
      (error.setUpFault !== undefined || error.outcome === "declined")
    const reason = error instanceof GatewayError ? `: ${error.message}` : ""
    return isRefused
      ? say("fault", `${title} does not tell the balance to this shop${reason}`)
      : say("unknown", `${title} could not be asked for the balance${reason}`)
  }
}

/** The keys that the accounts of payouts are encrypted with: whether all that is stored can still be read. */

/** One encrypted row of each key. */
export type Encrypted = {
  /** Versions of beneficiaries: their accounts. */
  accounts: readonly { id: string; encrypted_account: string; key_id: string }[]
  /** The names of the keys of files for a bank. */
  fileKeys: readonly string[]
}

/**
 * By one row of each key. Length and form of a key are checked with the options.
 *
 * @param shop whose payout options can be used
 */
export async function checkKeys(
  { config, source }: Pick<Shop, "config" | "source">,
  database: Knex
): Promise<Diagnostic[]> {
  const accounts: Encrypted["accounts"] = await database("payout_beneficiary_version")
    .distinctOn("key_id")
    .whereNotNull("encrypted_account")
    .whereNotNull("key_id")
    .orderBy("key_id")
    .orderBy("created_at", "desc")
    .select("id", "encrypted_account", "key_id")
  const fileKeys: string[] = await database("payout_file").distinct("key_id").pluck("key_id")
  const keys = new KeyRing(parsePayoutOptions(payoutModuleOptions(config)).encryption)
  return readWith(keys, { accounts, fileKeys }, source)
}

/** Whether what is encrypted can be read with these keys. */
export function readWith(
  keys: KeyRing,
  { accounts, fileKeys }: Encrypted,
  source: Shop["source"]
): Diagnostic[] {
  const problems = [
    ...accounts.flatMap((account) => accountProblem(keys, account)),
    ...fileKeys.flatMap((id) => missingKey(keys, id, "Files for a bank are")),
  ]
  if (problems.length > 0) {
    const { file, line, option } = pluginPlace(source, "options.payouts.encryption.keys")
    return problems.map((message) =>
      diagnostic("keys", "fault", message, {
        place: { file, line, option },
        remedy:
          "Put the key back under its name; an old one is kept until nothing is encrypted with it",
      })
    )
  }
  const used = new Set([...accounts.map(({ key_id }) => key_id), ...fileKeys])
  return [
    used.size === 0
      ? diagnostic("keys", "ok", "Nothing is encrypted yet")
      : diagnostic("keys", "ok", `What is encrypted can be read, by ${used.size} key(s)`),
  ]
}

export function payoutModuleOptions({ modules }: Pick<ConfigModule, "modules">): unknown {
  const module: unknown = modules?.[PAYOUT_MODULE]
  return isPlainObject(module) ? module.options : undefined
}

function accountProblem(
  keys: KeyRing,
  { id, ...encrypted }: Encrypted["accounts"][number]
): string[] {
  try {
    decryptAccount(keys, id, encrypted)
    return []
  } catch (error) {
    return error instanceof MissingKeyError
      ? missingKey(keys, encrypted.key_id, "Accounts of payees are")
      : [
          `The account of the beneficiary version ${id} can't be read with the key "${encrypted.key_id}": the key is ` +
            "another one than it was, or the row was changed",
        ]
  }
}

function missingKey(keys: KeyRing, id: string, what: string): string[] {
  try {
    keys.named(id, "account")
    return []
  } catch {
    return [`${what} encrypted with the key "${id}", which the options do not have`]
  }
}
