/** Sends a running shop a message as a gateway would, about a payment that is open, and follows it to its end. */

import { setTimeout as pause } from "node:timers/promises"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { fixedAt, decimal } from "../../gateways/shared/money"
import { toGatewayOrder, type GatewayOrder } from "../../modules/payment-journal/gateway-order"
import {
  toWebhookEvent,
  type WebhookEventRow,
} from "../../modules/payment-journal/repositories/inbox"
import { accountOf } from "../../providers/account"
import { configuredProviders, type ConfiguredProvider, ownEntries } from "../../providers/registry"
import { ownPath } from "../../shared/provider-address"
import { type SignedMessage, signedMessage } from "../../testing/signed-messages"
import { addressesOf } from "../../workflows/providers/addresses"
import { configuredBackend } from "../../workflows/providers/provider-report"
import { notSaidYet } from "../../workflows/webhooks/process-webhook"
import type { Shop } from "../shop"

export type WebhookTrial = {
  /** Such as `mocasa_mocasa`, or whole as Medusa has it. */
  provider: string
  /** Of a payment; the newest that is open without it. */
  reference?: string
  /** Where the shop is reached from here; the address that the gateway is given without it. */
  url?: string
}

/** It can't be tried, and what to do about it. */
class NoTrialError extends Error {}

/** How long a message is followed, in milliseconds: a first try takes seconds. */
const patienceMs = 60_000
const paceMs = 250

/**
 * @param say is told each step, in a sentence
 * @returns whether the message was taken and worked on
 * @throws NoTrialError
 */
export async function tryWebhook(
  { config }: Pick<Shop, "config">,
  database: Knex,
  trial: WebhookTrial,
  say: (line: string) => Promise<void>
): Promise<boolean> {
  const provider = providerOf(config, trial.provider)
  const address = addressOf(config, provider, trial.url)
  const order = await openOrder(database, provider, trial.reference)
  // A status of its own: the gateway's true message about this payment is then none that came before.
  const status = `TEST-${inLetters(Date.now())}`
  const message = messageOf(config, provider, order, status)
  await say(`About the payment ${order.reference}, which is ${order.state}, to ${address}`)
  const answer = await send(address, message)
  await say(`The shop answered HTTP ${answer.status}: ${answer.text}`)
  if (answer.status !== 200) {
    await say(adviceFor(answer.status))
    return false
  }
  const event = await followed(database, { provider, order, status })
  if (!event) {
    await say("It was not written down: does the shop use another database than DATABASE_URL here?")
    return false
  }
  await say(outcomeOf(event))
  const after = await orderBy(database, provider, order.reference)
  await say(`The payment is ${after?.state ?? "gone"} now`)
  return event.state === "done" || isAskedAbout(event)
}

/** The gateway was asked, and has the payment as open: that is what a message about an unpaid one comes to. */
function isAskedAbout({ state, error }: WebhookEventRow): boolean {
  return state === "waiting" && error === notSaidYet
}

/** MoCoPay's statuses have no digits. */
function inLetters(number: number): string {
  return [...String(number)].map((digit) => "ABCDEFGHIJ"[Number(digit)]).join("")
}

function providerOf(config: Shop["config"], name: string): ConfiguredProvider {
  const providers = configuredProviders(config)
  const provider = providers.find((each) => each.id === name || each.name === name)
  if (!provider) {
    const names = providers.map((each) => each.name).join(", ")
    throw new NoTrialError(`There is no provider ${name}. The config lists: ${names || "none"}`)
  }
  const { baseUrl = "", environment } = provider.options
  if (accountOf(provider.definition.identifier, baseUrl, environment).kind === "live") {
    throw new NoTrialError(
      `${provider.id} is a live account. Try it with a test account, or with the stand-ins`
    )
  }
  return provider
}

async function openOrder(
  database: Knex,
  provider: ConfiguredProvider,
  reference: string | undefined
): Promise<GatewayOrder> {
  const order = await orderBy(database, provider, reference)
  if (!order) {
    throw new NoTrialError(
      reference === undefined
        ? `No payment of ${provider.id} is open. Choose it in a checkout first, up to the gateway's page`
        : `${provider.id} has no payment ${reference}`
    )
  }
  return order
}

async function orderBy(
  database: Knex,
  { id }: ConfiguredProvider,
  reference: string | undefined
): Promise<GatewayOrder | undefined> {
  const found = database("gateway_order").where({ provider_id: id }).whereNull("deleted_at")
  const row: unknown = await (
    reference === undefined ? found.where({ state: "open" }) : found.where({ reference })
  )
    .orderBy([
      { column: "created_at", order: "desc" },
      { column: "id", order: "desc" },
    ])
    .first()
  return row === undefined ? undefined : toGatewayOrder(row)
}

function addressOf(
  config: Shop["config"],
  provider: ConfiguredProvider,
  url: string | undefined
): string {
  const { webhooks } = provider.build(() => undefined).capabilities
  const backend = url ?? configuredBackend(config) ?? "http://localhost:9000"
  const { webhook } = addressesOf(provider, { webhooks, backend })
  if (!webhook) {
    throw new NoTrialError(`${provider.definition.title} sends no messages; it is asked`)
  }
  return url === undefined
    ? webhook.url
    : url.replace(/\/+$/, "") + ownPath("payment webhook", provider.name)
}

function messageOf(
  config: Shop["config"],
  provider: ConfiguredProvider,
  { reference, gateway_id, amount, currency_code }: GatewayOrder,
  status: string
): SignedMessage {
  const { decimals } = provider.build(() => undefined)
  const entry = ownEntries(config).find(
    ({ definition, id }) =>
      definition === provider.definition &&
      provider.name === [definition.identifier, id].filter(Boolean).join("_")
  )
  const message = signedMessage(provider.definition.identifier, entry?.options, {
    reference,
    gatewayId: gateway_id,
    amount: fixedAt(decimal(amount), decimals[currency_code] ?? 2),
    status,
  })
  if (!message) {
    throw new NoTrialError(
      `How ${provider.definition.title} signs is not known here: it is of another package`
    )
  }
  return message
}

async function send(
  address: string,
  { method, headers, body }: SignedMessage
): Promise<{ status: number; text: string }> {
  const signal = AbortSignal.timeout(patienceMs)
  const request =
    method === "GET"
      ? fetch(`${address}?${body}`, { headers, signal })
      : fetch(address, { method, headers, body, signal })
  const response = await request.catch((error: unknown) => {
    throw new NoTrialError(
      `Nothing answers at ${address}. Start the store, or give its address by --url`,
      {
        cause: error,
      }
    )
  })
  return { status: response.status, text: (await response.text()).slice(0, 500) }
}

function adviceFor(status: number): string {
  switch (status) {
    case 401:
      return "The shop that runs there has another secret in its options than the config here"
    case 404:
      return "Is it a store with this provider, and does the proxy before it pass on /hooks?"
    case 429:
      return "Too many messages came in a short time. Try it again in a minute"
    default:
      return "The log of the store says why"
  }
}

type Followed = { provider: ConfiguredProvider; order: GatewayOrder; status: string }

/** Asks for the message's row until it was worked on; undefined where there is none. */
async function followed(
  database: Knex,
  { provider, order, status }: Followed
): Promise<WebhookEventRow | undefined> {
  for (const until = Date.now() + patienceMs; ; await pause(paceMs)) {
    const row: unknown = await database("webhook_event")
      .where({ provider_id: provider.id, reference: order.reference, raw_status: status })
      .first()
    const event = row === undefined ? undefined : toWebhookEvent(row)
    const isTried = event && (event.state !== "waiting" || event.error !== null)
    if (event === undefined || isTried || Date.now() > until) {
      return event
    }
  }
}

function outcomeOf(event: WebhookEventRow): string {
  const { state, outcome, error, attempts } = event
  if (isAskedAbout(event)) {
    return "It was worked on: the gateway was asked, and says that nothing is paid yet"
  }
  switch (state) {
    case "done":
      return `It was worked on: ${outcome ?? "done"}`
    case "dead":
      return `It was given up after ${attempts} tries: ${error ?? "no reason is known"}`
    case "waiting":
      return error === null
        ? "It was written down, and nothing works on it: does a server or a worker of the store run?"
        : `A try failed, and it is tried again: ${error}`
  }
}
