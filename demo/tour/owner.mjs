import { setTimeout as sleep } from "node:timers/promises"
import { price } from "./amounts.mjs"

const WITHIN_MS = 60_000

/**
 * @typedef {object} Chore
 * @property {string} name
 * @property {string} page where it is done in the dashboard
 * @property {() => Promise<string>} take resolves with what was seen or done
 */

/**
 * What the shop's owner does of a morning, by the routes that the dashboard's pages call.
 *
 * @param {object} shop
 * @param {string} shop.url
 * @param {import("./merchant.mjs").Merchant} shop.merchant
 * @param {AbortSignal} shop.signal
 * @returns {Chore[]}
 */
export function chores({ url, merchant, signal }) {
  const app = `${url}/app`
  return [
    {
      name: "check each gateway's credentials",
      page: `${app}/settings/payment-gateways`,
      take: () => checkGateways(merchant),
    },
    {
      name: "give back what was paid for a changed cart",
      page: `${app}/payments-that-need-you`,
      take: () => refundException(merchant),
    },
    {
      name: "settle what Cashy took twice",
      page: `${app}/payments-that-need-you`,
      take: () => closeException(merchant),
    },
    {
      name: "replay the message that was given up",
      page: `${app}/payments-that-need-you/messages`,
      take: () => replayMessage(merchant, signal),
    },
    {
      name: "run the reconciliation",
      page: `${app}/payments-that-need-you/reconciliation`,
      take: () => reconcile(merchant, signal),
    },
    {
      name: "see what came in",
      page: `${app}/gateway-payments`,
      take: () => seeTotals(merchant),
    },
  ]
}

/** @typedef {import("./merchant.mjs").Merchant} Merchant */
/** @typedef {{ id: string, amount: number, currency_code: string }} Exception */
/** @typedef {{ id: string, state: string, attempts: number, outcome: string | null }} Message */
/** @typedef {{ ended_at: string | null, error: string | null, checked: number, errors: number }} Run */
/** @typedef {{ provider_title: string, received_amount: string, currency_code: string }} Total */

/** @param {Merchant} merchant */
async function checkGateways(merchant) {
  const { providers } = /** @type {{ providers: { id: string, title: string }[] }} */ (
    await merchant.read("/providers")
  )
  for (const { id, title } of providers) {
    const { provider } =
      /** @type {{ provider: { check: { outcome: string, message: string | null } | null } }} */ (
        await merchant.send(`/providers/${id}/check`)
      )
    const { outcome = "no_answer", message } = provider.check ?? {}
    if (!["accepted", "unclear"].includes(outcome)) {
      throw new Error(`${title} did not take its credentials (${outcome}): ${message}`)
    }
  }
  return `${providers.length} gateways were asked, none refused`
}

/** @param {Merchant} merchant */
async function refundException(merchant) {
  const { id, amount, currency_code } = await openException(merchant, "pp_paymentz_paymentz")
  await merchant.send(`/exceptions/${id}/refund`)
  return `${price(amount, currency_code)} refunded through Paymentz`
}

/** @param {Merchant} merchant */
async function closeException(merchant) {
  const { id, amount, currency_code } = await openException(merchant, "pp_cashy_cashy")
  const refusal = await merchant.send(`/exceptions/${id}/refund`).then(
    () => undefined,
    (error) => String(error.message)
  )
  if (refusal === undefined) throw new Error("Cashy has no refunds, and made one")
  await merchant.send(`/exceptions/${id}/close`, { note: "Given back by bank transfer" })
  return `${price(amount, currency_code)}: Cashy can't refund, closed with a note`
}

/**
 * @param {Merchant} merchant
 * @param {string} provider
 * @returns {Promise<Exception>}
 */
async function openException(merchant, provider) {
  const { payment_exceptions } = /** @type {{ payment_exceptions: Exception[] }} */ (
    await merchant.read(`/exceptions?state=open&provider_id=${provider}`)
  )
  const [exception] = payment_exceptions
  if (exception === undefined) throw new Error(`No payment of ${provider} needs anybody`)
  return exception
}

/** @param {Merchant} merchant @param {AbortSignal} signal */
async function replayMessage(merchant, signal) {
  const { webhooks } = /** @type {{ webhooks: Message[] }} */ (
    await merchant.read("/webhooks?state=dead")
  )
  const [message] = webhooks
  if (message === undefined) throw new Error("No message was given up")
  await merchant.send(`/webhooks/${message.id}/replay`)
  const webhook = await until(signal, async () => {
    const { webhook } = /** @type {{ webhook: Message }} */ (
      await merchant.read(`/webhooks/${message.id}`)
    )
    return webhook.state === "done" ? webhook : undefined
  })
  return `given up after ${message.attempts} tries, now ${webhook.outcome}`
}

/** @param {Merchant} merchant @param {AbortSignal} signal */
async function reconcile(merchant, signal) {
  const { run } = /** @type {{ run: { id: string } }} */ (
    await merchant.send("/reconciliation/run")
  )
  const ended = await until(signal, async () => {
    const { runs } = /** @type {{ runs: Run[] }} */ (
      await merchant.read(`/reconciliation/runs?id=${run.id}`)
    )
    return runs[0]?.ended_at ? runs[0] : undefined
  })
  if (ended.error !== null) throw new Error(ended.error)
  return `${ended.checked} payments asked about, ${ended.errors} errors`
}

/** @param {Merchant} merchant */
async function seeTotals(merchant) {
  const { totals } = /** @type {{ totals: Total[] }} */ (await merchant.read("/totals"))
  return totals
    .map((of) => `${of.provider_title} ${price(of.received_amount, of.currency_code)}`)
    .join("\n")
}

/**
 * @template Result
 * @param {AbortSignal} signal
 * @param {() => Promise<Result | undefined>} ask
 * @returns {Promise<Result>}
 */
async function until(signal, ask) {
  const patience = Date.now() + WITHIN_MS
  while (Date.now() < patience) {
    const result = await ask()
    if (result !== undefined) return result
    await sleep(500, undefined, { signal })
  }
  throw new Error(`nothing came of it within ${WITHIN_MS / 1000} s`)
}
