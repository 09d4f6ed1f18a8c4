import type { Problem } from "./validation"

/** The routes of this store that a gateway is given. */
type OwnRoute =
  | "payment webhook"
  | "payout webhook"
  | "return"
  /** A page of the shop's choice; checked only where it looks like one of this store's own routes. */
  | "page or return"

/** Which option of a provider holds the address of which route. */
export type OwnAddresses = Readonly<Partial<Record<string, OwnRoute>>>

const paths: Readonly<Record<OwnRoute, (name: string) => string>> = {
  "payment webhook": (name) => `/hooks/payment/${name}`,
  "payout webhook": (name) => `/hooks/payout/${name}`,
  return: (name) => `/payments/${name}/return`,
  "page or return": (name) => `/payments/${name}/return`,
}

/** The path of a route of this store's, for a provider by its name in addresses. */
export function ownPath(route: OwnRoute, name: string): string {
  return paths[route](name)
}

/** The first option that holds the address of one of these routes. */
export function ownAddressOption(
  addresses: OwnAddresses = {},
  routes: readonly OwnRoute[]
): string | undefined {
  const found = Object.entries(addresses).find(([, route]) => route && routes.includes(route))
  return found?.[0]
}

const looksLikeOwn = /\/(?:hooks\/pay(?:ment|out)|payments)(?:\/|$)/

/**
 * What is wrong with an address at which the gateway is to reach this store: nothing answers there but the route of
 * this very provider. The host is the shop's own matter, and a proxy before it may add to the beginning of the path.
 *
 * @param name of the provider in addresses, such as `mocasa_main`
 * @returns the rest of a sentence that begins with the option's name, with an address that works; undefined where
 * nothing is wrong, or where it is no address at all, which the options' own check reports
 */
export function ownAddressProblem(
  address: unknown,
  route: OwnRoute,
  name: string
): string | undefined {
  const url = typeof address === "string" && URL.canParse(address) ? new URL(address) : undefined
  if (!url) {
    return undefined
  }
  const path = url.pathname.replace(/\/$/, "")
  const right = paths[route](name)
  const isFree = route === "page or return" && !looksLikeOwn.test(path)
  if (isFree || path.endsWith(right)) {
    return undefined
  }
  const before = looksLikeOwn.exec(path)?.index ?? 0
  return (
    `nothing of this provider's answers at ${path === "" ? "/" : path}. ` +
    `It must end in ${right}: ${url.origin}${path.slice(0, before)}${right}`
  )
}

/** The same for all options of a provider that hold an address of this store's. */
export function ownAddressProblems(
  addresses: OwnAddresses = {},
  options: unknown,
  name: string
): Problem[] {
  const given: object = typeof options === "object" && options !== null ? options : {}
  return Object.entries(addresses).flatMap(([option, route = "page or return"]) => {
    const message = ownAddressProblem(Reflect.get(given, option), route, name)
    return message === undefined ? [] : [{ path: option, message }]
  })
}

/** What stands in an address as it is, whoever writes it: a blank, a slash, `?`, `#` or `%` would name another one. */
const usable = /^[a-z0-9][a-z0-9_.-]{0,63}$/i

/**
 * What is wrong with the `id` of a provider in medusa-config: it ends the addresses of its webhook and its return
 * route, and Medusa takes whatever it is given. The rest of a sentence that begins with "id"; undefined for what
 * can be used, and where there is none.
 */
export function providerIdProblem(id: unknown): string | undefined {
  if (id === undefined || id === "" || (typeof id === "string" && usable.test(id))) {
    return undefined
  }
  return (
    'must be a text of letters, digits, "-", "_" and ".", such as "main", of at most 64 characters: it ends the ' +
    "address of the provider's webhook, which would not be found with another"
  )
}

/** Of these names, such as `mocasa_main`, those that are there more than once. */
export function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))]
}
