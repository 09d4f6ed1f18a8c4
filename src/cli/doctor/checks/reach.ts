/** Whether the addresses of this store answer, as they are called from where the doctor runs. Nothing is changed by it. */

import { ownPath } from "../../../shared/provider-address"
import { type ConfiguredProvider } from "../../../providers/registry"
import {
  addressProblem,
  type OwnAddress,
  type ProviderAddresses,
} from "../../../workflows/providers/addresses"
import { type Diagnostic, diagnostic } from "../diagnostic"

/** A page or a route, as far as it is read here. */
export type Answer = { status: number; body: string; headers: { get(name: string): string | null } }

/** @throws Error where there is no answer */
export type Get = (url: string) => Promise<Answer>

const patienceMs = 10_000

const get: Get = async (url) => {
  const response = await fetch(url, {
    redirect: "manual",
    signal: AbortSignal.timeout(patienceMs),
    headers: { "user-agent": "medusa-regional-payments doctor" },
  })
  const { status, headers } = response
  return { status, headers, body: (await response.text()).slice(0, 2_000) }
}

type Provider = Pick<ConfiguredProvider, "id" | "name" | "definition">

export async function checkReach(
  provider: Provider,
  addresses: ProviderAddresses,
  send: Get = get
): Promise<Diagnostic[]> {
  return [
    ...(addresses.webhook ? [await webhookReached(provider, addresses.webhook, send)] : []),
    ...(addresses.return ? [await returnReached(provider, addresses.return, send)] : []),
  ]
}

/**
 * By the address of a provider of this gateway that the shop has not: the plugin answers it with its own sentence, notes
 * nothing, and writes one line into the log.
 */
async function webhookReached(
  { id, name, definition }: Provider,
  { url }: OwnAddress,
  send: Get
): Promise<Diagnostic> {
  const unknownName = `${definition.identifier}__doctor`
  const address = url.replace(new RegExp(`${name}/?$`), unknownName)
  const answer = await send(address).catch(() => undefined)
  if (!answer) {
    return noAnswer(id, "webhook", { url, option: null })
  }
  if (answer.status === 404 && answer.body.includes(unknownProvider)) {
    return diagnostic("addresses", "ok", `The plugin answers at ${url}`, { provider: id })
  }
  return diagnostic(
    "addresses",
    "fault",
    `Something else than the plugin answers at ${url} (HTTP ${answer.status})`,
    {
      provider: id,
      remedy: `Does the proxy before the store pass on ${ownPath("payment webhook", name)}, and ask for no login there?`,
    }
  )
}

/** Of the answer in `webhook-routes.ts`. */
const unknownProvider = "There is no such payment provider"

/** The return route without a payment in its query sends on or says that it knows none; a page of the shop's just opens. */
async function returnReached(
  { id, name }: Provider,
  { url, option }: OwnAddress,
  send: Get
): Promise<Diagnostic> {
  const answer = await send(url).catch(() => undefined)
  if (!answer) {
    return noAnswer(id, "address to come back to", { url, option })
  }
  const isOwn = new URL(url).pathname.replace(/\/$/, "").endsWith(ownPath("return", name))
  const isThere = isOwn
    ? answer.headers.get("cache-control") === "no-store"
    : answer.status < 400 || answer.status === 401
  return isThere
    ? diagnostic("addresses", "ok", `Shoppers come back to ${url}`, { provider: id })
    : diagnostic("addresses", isOwn ? "fault" : "warning", `${url} answers HTTP ${answer.status}`, {
        provider: id,
        remedy: isOwn
          ? "Does the proxy before the store pass on /payments?"
          : "Is it the page of the storefront that waits for the payment's result?",
      })
}

/** One that only this network knows may be of a shop that does not run now. */
function noAnswer(id: string, what: string, address: OwnAddress): Diagnostic {
  const isLocal = addressProblem(address) === "local"
  return diagnostic("addresses", "unknown", `Nothing answers at the ${what}, ${address.url}`, {
    provider: id,
    remedy: isLocal
      ? "Start the store, or leave this out by --skip addresses"
      : "Is the name right, its certificate valid, and the store running? From here it is not reached",
  })
}
