/** The addresses of this store that a provider's gateway has to be given, and whether it can reach them. */

import type { ConfiguredProvider } from "../../providers/registry"
import { ownAddressOption, ownPath } from "../../shared/provider-address"

/** An address of this store's, such as that of a provider's webhook. */
export type OwnAddress = {
  url: string
  /** The option that holds it and sends it to the gateway with each payment; null where a person has to enter it there. */
  option: string | null
}

export type ProviderAddresses = {
  /** Null for a gateway that sends no messages. */
  webhook: OwnAddress | null
  /** Where the gateway sends the shopper back to; null where the storefront alone decides, or the shopper never leaves. */
  return: OwnAddress | null
}

/**
 * @param backend where the store is reached from outside, such as `https://api.shop.example`; an option that holds an
 * address of this very provider's tells better
 */
export function addressesOf(
  provider: Pick<ConfiguredProvider, "name" | "definition" | "options">,
  { webhooks, backend }: { webhooks: "signed" | "unsigned" | "none"; backend: string }
): ProviderAddresses {
  const webhook = givenAddress(provider, ["payment webhook"])
  const back = givenAddress(provider, ["return", "page or return"])
  const base =
    baseOf(webhook?.url, ownPath("payment webhook", provider.name)) ??
    baseOf(back?.url, ownPath("return", provider.name)) ??
    backend.replace(/\/+$/, "")
  return {
    webhook:
      webhooks === "none"
        ? null
        : (webhook ?? { url: base + ownPath("payment webhook", provider.name), option: null }),
    return: back ?? returnToEnter(provider, base),
  }
}

/** What is wrong with an address for whoever calls it from outside: undefined where nothing is. */
export function addressProblem({ url }: OwnAddress): "local" | "http" | undefined {
  const { hostname, protocol } = new URL(url)
  if (isLocal(hostname)) {
    return "local"
  }
  return protocol === "https:" ? undefined : "http"
}

type Given = Pick<ConfiguredProvider, "definition" | "options">

function givenAddress(
  { definition, options }: Given,
  routes: Parameters<typeof ownAddressOption>[1]
): OwnAddress | undefined {
  const option = ownAddressOption(definition.ownAddresses, routes)
  const url: unknown = option === undefined ? undefined : Reflect.get(options, option)
  return option !== undefined && typeof url === "string" && URL.canParse(url)
    ? { url, option }
    : undefined
}

/** A gateway that can be told in its own dashboard where shoppers come back to. */
function returnToEnter(
  { definition, name }: Pick<ConfiguredProvider, "definition" | "name">,
  base: string
) {
  return ownAddressOption(definition.ownAddresses, ["return"]) === undefined
    ? null
    : { url: base + ownPath("return", name), option: null }
}

/** What stands before the path of a route of ours, also where a proxy has added to it. */
function baseOf(url: string | undefined, path: string): string | undefined {
  const withoutSlash = url?.replace(/\/$/, "")
  return withoutSlash?.endsWith(path) ? withoutSlash.slice(0, -path.length) : undefined
}

/** Names and numbers that mean another thing on another machine, or nothing at all. */
const localName = /^(?:[^.[]+|.+\.(?:localhost|local|internal|test))$/
const localIpv4 = /^(?:0|10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.[\d.]+$/
const localIpv6 = /^\[(?:::1?|f[cd][\da-f]{2}:.*|fe80:.*)\]$/

function isLocal(hostname: string): boolean {
  return [localName, localIpv4, localIpv6].some((pattern) => pattern.test(hostname))
}
