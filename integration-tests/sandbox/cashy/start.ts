import { randomInt } from "node:crypto"
import { z } from "zod"
import { controlsOf, readBody } from "../shared/control"
import { type Problem, type Route } from "../shared/server"
import { commonParts, serve } from "../shared/sandbox"
import { changed, requireHttpUrl } from "../shared/settings"
import { type CashyOrder, Orders, payInRoutes } from "./orders"
import {
  bankPageRoutes,
  decide,
  pagePath,
  payDeskRoutes,
  payPart,
  requireAmount,
  transfer,
} from "./pages"
import { balanceRoute, giveBack, payOutRoutes, Payouts, sayOfPayout } from "./payouts"
import { isOrderEnd, isPayoutEnd, Refusal, refusalReply, type RefusalToken } from "./protocol"
import {
  type CashyContext,
  type CashyCredentials,
  type CashySandbox,
  type CashySandboxOptions,
  type CashySettings,
  defaultSettings,
  type Links,
} from "./sandbox"
import { cashyWebhookSender, FIRST_RETRY_MS, Notifier } from "./webhooks"

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
    randomDigits = digitsAtRandom,
    memory,
    onMemory,
    ...changes
  } = options
  const credentials: CashyCredentials = { merchantId, apiKey, webhookKey }
  const parts = commonParts(
    { now, secretFields: ["idCard", "accountNo"], headers: ["content-type", "merchantid"] },
    memory?.ledger
  )
  const { ledger } = parts

  let settings: CashySettings = defaultSettings
  const set = (change: Partial<CashySettings>) => {
    requireHttpUrl("The webhook address", change.notifyUrl)
    const amounts = [change.minAmount, change.maxAmount, change.openingBalance]
    for (const amount of amounts) if (amount) requireAmount(amount)
    settings = changed(settings, change)
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
    links,
  }

  const server = await serve({
    ...parts,
    port,
    gatewayRoutes: [
      ...payInRoutes(context),
      ...payOutRoutes(context),
      balanceRoute(context),
      ...payDeskRoutes(context),
      ...bankPageRoutes(context),
    ],
    ownControls: cashyControlRoutes(context),
    webhooks: { sender: sender, setUrl: (notifyUrl) => set({ notifyUrl }) },
    refuse: (problem) => {
      const { token, status } = PROBLEMS[problem]
      return refusalReply(new Refusal(token), status)
    },
  })

  return {
    ...parts,
    url: server.url,
    credentials,
    orders,
    payouts,
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
    close: server.close,
  }
}

const amountBody = z.strictObject({ amount: z.string() })
const endBody = z.strictObject({ orderStatus: z.string().refine(isPayoutEnd) })

/** The shopper's and Cashy's own part in an order or a payout, for another process. Numbers are either side's. */
function cashyControlRoutes(context: CashyContext): readonly Route[] {
  const { orders, payouts } = context
  return [
    ...controlsOf("order", (number) => orders.get(number), {
      pay: ({ orderNo }) => decide(context, "pay", orderNo),
      decline: ({ orderNo }) => decide(context, "decline", orderNo),
      expire: ({ orderNo }) => orders.expire(orderNo),
      "pay-part": ({ orderNo }, request) => {
        const { amount } = readBody(request, amountBody, '{"amount": "50.00"}')
        return payPart(context, orderNo, amount)
      },
      "pay-again": ({ orderNo, amount }) => payPart(context, orderNo, amount),
    }),
    ...controlsOf("payout", (number) => payouts.get(number), {
      finish: ({ orderNo }, request) => {
        const { orderStatus } = readBody(
          request,
          endBody,
          '{"orderStatus": "SUCCESS"}, or FAIL or CANCEL'
        )
        return sayOfPayout(context, orderNo, orderStatus)
      },
      "give-back": ({ orderNo }) => giveBack(context, orderNo),
    }),
  ]
}

function digitsAtRandom(count: number): string {
  return Array.from({ length: count }, () => randomInt(10)).join("")
}
