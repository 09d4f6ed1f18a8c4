/** Keeps what is secret in a shop's config out of whatever is printed, also where somebody else's error quotes it. */

import type { ConfigModule } from "@medusajs/framework/types"
import { Secret } from "../../gateways/shared/secret"
import { PAYOUT_MODULE } from "../../modules/payout/provider"
import { type OwnEntry, ownEntries } from "../../providers/registry"
import { isPlainObject } from "../../shared/validation"

const hidden = "[hidden]"

/** Shorter ones are words of other texts too: hiding them would tell more than it hides. */
const shortestSecret = 6

/**
 * A function that takes each secret of the config out of a text. Of a provider whose options can't be read as a whole, each
 * text counts as one that looks like more than a word or an address.
 */
export function secretHider(config: Pick<ConfigModule, "modules" | "projectConfig">) {
  const secrets = [
    ...ownEntries(config).flatMap(ofProvider),
    ...textsOf(config.modules?.[PAYOUT_MODULE]).filter(looksSecret),
    ...ofProject(config.projectConfig),
  ].filter((text) => text.length >= shortestSecret)
  const longestFirst = [...new Set(secrets)].sort((a, b) => b.length - a.length)
  return (text: string): string =>
    longestFirst.reduce((rest, secret) => rest.replaceAll(secret, hidden), text)
}

function ofProvider({ definition, options }: OwnEntry): string[] {
  const read = definition.options.safeParse(options)
  if (!read.success || !isPlainObject(options)) {
    return textsOf(options).filter(looksSecret)
  }
  return Object.entries(read.data).flatMap(([name, value]) =>
    value instanceof Secret ? textsOf(options[name]) : []
  )
}

function looksSecret(text: string): boolean {
  const isName = /^[a-z_ -]{1,12}$/i.test(text) || /\/(?:payout-)?providers\//.test(text)
  return !isName && !/^https?:\/\//.test(text)
}

function textsOf(value: unknown): string[] {
  if (typeof value === "string") {
    return [value]
  }
  if (Array.isArray(value)) {
    return value.flatMap(textsOf)
  }
  return isPlainObject(value) ? Object.values(value).flatMap(textsOf) : []
}

function ofProject(project: Partial<ConfigModule["projectConfig"]> | undefined): string[] {
  const { databaseUrl, redisUrl, http } = project ?? {}
  return [
    ...[databaseUrl, redisUrl].flatMap(passwordOf),
    ...[http?.jwtSecret, http?.cookieSecret].flatMap((text) =>
      typeof text === "string" ? [text] : []
    ),
  ]
}

function passwordOf(address: string | undefined): string[] {
  if (address === undefined || !URL.canParse(address)) {
    return []
  }
  const { password } = new URL(address)
  return password === "" ? [] : [password, decodeURIComponent(password)]
}
