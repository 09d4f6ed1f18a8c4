/** Which account of a gateway a provider talks to, a live one or a test's, by the address of its API. */

import { isLoopback } from "../gateways/shared/request"
import type { OwnGateway } from "./registry"

/**
 * - `live`: money moves
 * - `test`: none does
 * - `unknown`: neither the address nor the option `environment` tells
 */
export type AccountKind = "live" | "test" | "unknown"

export type Account = {
  /** Origin and path of the gateway's API, with nothing secret. */
  address: string
  kind: AccountKind
  /** The option `environment` says another thing than the address does, which counts. */
  isContradicted: boolean
}

type KnownHosts = { live: readonly string[]; test: readonly string[] }

/**
 * The hosts of each gateway that are known, by its identifier. Of most gateways none is: they are told to each merchant,
 * and the option `environment` says which one it is.
 */
export const knownHosts: Readonly<Record<string, KnownHosts>> = {
  /** Mocasa publishes no host: "Keep your Test and Production API keys ready", each for an address of its own. */
  mocasa: { live: [], test: [] },
  /**
   * The default of the option `baseUrl`. Assumption: it is the live one, because the vendor names no other, and bills
   * no one by a test product there.
   */
  mocopay: { live: ["payment.mocopay.com"], test: [] },
  /** Assumption: the public host of the older version of KESS's API is the live one's. */
  kess: { live: ["apimerchants.kesspay.com"], test: [] },
  /** Cashy's page writes `baseUrl` in the place of every host: each country has its own. */
  cashy: { live: [], test: [] },
  /** Each brand of the platform has a host of its own, such as `<brand>.com`; the vendor's page names none. */
  paymentz: { live: [], test: [] },
} satisfies Readonly<Record<OwnGateway, KnownHosts>>

/**
 * Assumption: a host with one of these words is no live one, whoever's it is: `sandbox.acme.example`, `api-uat.acme.example`.
 * No word makes a host a live one.
 */
const testWord =
  /(?:^|[.-])(?:sandbox|test|testing|uat|sit|stage|staging|stg|dev|demo|preprod)\d*(?=[.-]|$)/i

/**
 * @param identifier the gateway's, such as `mocasa`
 * @param baseUrl as the options have it, which were checked
 * @param environment the option of this name
 */
export function accountOf(
  identifier: string,
  baseUrl: string,
  environment: "live" | "test" | undefined
): Account {
  const { origin, pathname, hostname } = new URL(baseUrl)
  const byAddress = kindOfHost(identifier, hostname)
  return {
    address: origin + pathname.replace(/\/+$/, ""),
    kind: byAddress ?? environment ?? "unknown",
    isContradicted:
      byAddress !== undefined && environment !== undefined && byAddress !== environment,
  }
}

/** Whether the gateway's API is on this machine: what answers there is a stand-in. */
export function isOnThisMachine({ address }: Pick<Account, "address">): boolean {
  return isLoopback(new URL(address).hostname)
}

function kindOfHost(identifier: string, hostname: string): "live" | "test" | undefined {
  const hosts = Object.hasOwn(knownHosts, identifier) ? knownHosts[identifier] : undefined
  if (hosts?.live.includes(hostname)) {
    return "live"
  }
  const isTest = hosts?.test.includes(hostname) || isLoopback(hostname) || testWord.test(hostname)
  return isTest ? "test" : undefined
}
