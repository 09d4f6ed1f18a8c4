import { CallLog } from "../shared/call-log"
import { controlRoutes } from "../shared/control"
import { Faults } from "../shared/faults"
import { parseHttpUrl } from "../shared/http-url"
import { Later } from "../shared/later"
import { Ledger } from "../shared/ledger"
import { startServer, type Problem } from "../shared/server"
import { balanceRoute } from "./balance-route"
import { bankPageRoutes } from "./bank-page"
import type { CashyContext, CashyCredentials, Links } from "./context"
import { cashyControlRoutes } from "./control"
import { cashyWebhookSender, FIRST_RETRY_MS } from "./delivery"
import { refusalReply } from "./envelope"
import { Notifier } from "./notifier"
import type { CashyOrder } from "./order"
import { Orders } from "./orders"
import { pagePath, payDeskRoutes } from "./pay-desk"
import { giveBack, sayOfPayout } from "./payee"
import { payInRoutes } from "./pay-in-routes"
import { payOutRoutes } from "./pay-out-routes"
import { Payouts } from "./payouts"
import { randomDigits as randomDigitsByDefault } from "./random-digits"
import { Refusal, type RefusalToken } from "./refusal"
import type { CashySandbox, CashySandboxOptions } from "./sandbox"
import { defaultSettings, type CashySettings } from "./settings"
import { decide, payPart, requireAmount, transfer } from "./shopper"
import { isOrderEnd } from "./words"

const PROBLEMS: Readonly<Record<Problem, { token: RefusalToken; status: number }>> = {
  "unknown-path": { token: "RequestPath_not_found", status: 404 },
  "wrong-method": { token: "RequestMethod_not_post", status: 200 },
  "body-too-large": { token: "RequestBody_too_large", status: 413 },
  unauthorized: { token: "Sign_verify_error", status: 401 },
}

/** @throws {PortTakenError} */
export async function startCashySandbox(options: CashySandboxOptions = {}): Promise<CashySandbox> {
  const {
    port = 0,
    merchantId = "1002001",
    apiKey = "cashy_sandbox_key",
    webhookKey = apiKey,
    webhookRetryDelayMs = FIRST_RETRY_MS,
    webhookTimeoutMs = 5000,
    now = Date.now,
    randomDigits = randomDigitsByDefault,
    memory,
    onMemory,
    ...changes
  } = options
  const credentials: CashyCredentials = { merchantId, apiKey, webhookKey }
  const ledger = new Ledger(now, memory?.ledger)
  const faults = new Faults()
  const calls = new CallLog({
    now,
    secretFields: ["idCard", "accountNo"],
    headers: ["content-type", "merchantid"],
  })

  let settings: CashySettings = defaultSettings
  const set = (change: Partial<CashySettings>) => {
    if (typeof change.notifyUrl === "string" && !parseHttpUrl(change.notifyUrl)) {
      throw new Error(`The webhook address must be an http(s) URL, not "${change.notifyUrl}"`)
    }
    const amounts = [change.minAmount, change.maxAmount, change.openingBalance]
    for (const amount of amounts) if (amount) requireAmount(amount)
    settings = { ...settings, ...withoutUndefined(change) }
  }
  set(changes)

  const sender = cashyWebhookSender({
    settings: () => settings,
    retryDelayMs: webhookRetryDelayMs,
    timeoutMs: webhookTimeoutMs,
    now,
  })
  const links = ({ ways, orderNo, payCode }: CashyOrder): Links => ({
    payCode: ways.includes("payCode") ? payCode : null,
    payUrl: ways.includes("payUrl") ? server.url + pagePath("payUrl", orderNo) : null,
    payDeskUrl: ways.includes("payDeskUrl") ? server.url + pagePath("payDeskUrl", orderNo) : null,
  })
  const onChange = () =>
    onMemory?.({ orders: orders.all(), payouts: payouts.all(), ledger: ledger.entries() })
  const orders = new Orders({
    ledger,
    now,
    randomDigits,
    expiredStatus: () => settings.expiredStatus,
    known: memory?.orders,
    onChange,
  })
  const payouts = new Payouts({ ledger, now, randomDigits, known: memory?.payouts, onChange })
  const notifier = new Notifier({
    sender,
    credentials,
    settings: () => settings,
    links,
    randomDigits,
  })
  const context: CashyContext = {
    credentials,
    settings: () => settings,
    orders,
    payouts,
    notifier,
    ledger,
    later: new Later(),
    links,
  }

  const server = await startServer({
    port,
    faults,
    calls,
    gatewayRoutes: [
      ...payInRoutes(context),
      ...payOutRoutes(context),
      balanceRoute(context),
      ...payDeskRoutes(context),
      ...bankPageRoutes(context),
    ],
    controlRoutes: [
      ...controlRoutes({
        ledger,
        calls,
        faults,
        webhooks: sender,
        setWebhookUrl: (notifyUrl) => set({ notifyUrl }),
      }),
      ...cashyControlRoutes(context),
    ],
    refuse: (problem) => {
      const { token, status } = PROBLEMS[problem]
      return refusalReply(new Refusal(token), status)
    },
  })

  return {
    url: server.url,
    credentials,
    ledger,
    orders,
    payouts,
    faults,
    calls,
    webhooks: notifier,
    set,
    pay: (number) => decide(context, "pay", number),
    decline: (number) => decide(context, "decline", number),
    payPart: (number, amount) => payPart(context, number, amount),
    payAgain: (number) => payPart(context, number, orders.require(number).amount),
    transfer: (payCode, amount) => transfer(context, payCode, amount),
    expire: (number) => orders.expire(number),
    say: (number, orderStatus) => {
      if (!isOrderEnd(orderStatus)) return orders.say(number, orderStatus)
      return decide(context, orderStatus === "SUCCESS" ? "pay" : "decline", number)
    },
    addByHand: (wanted) => {
      const order = orders.addByHand({ ...wanted, amount: requireAmount(wanted.amount) })
      notifier.orderChanged(order)
      return order
    },
    sayOfPayout: (number, orderStatus) => sayOfPayout(context, number, orderStatus),
    giveBack: (number) => giveBack(context, number),
    resendWebhook: (number) => {
      const payout = payouts.get(number)
      if (payout === undefined) notifier.orderChanged(orders.require(number))
      else notifier.payoutChanged(payout)
    },
    close: async () => {
      context.later.close()
      await server.close()
      await sender.close()
    },
  }
}

/** A caller who passes `undefined` on means "leave it as it is". */
function withoutUndefined(change: Partial<CashySettings>): Partial<CashySettings> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
}
