import { randomUUID } from "node:crypto"
import { CallLog } from "../shared/call-log"
import { controlRoutes } from "../shared/control"
import { Faults } from "../shared/faults"
import { parseHttpUrl } from "../shared/http-url"
import { jsonReply } from "../shared/http-message"
import { Later } from "../shared/later"
import { Ledger } from "../shared/ledger"
import { startServer, type Problem } from "../shared/server"
import { WebhookSender } from "../shared/webhook-sender"
import { AccessTokens } from "./access-tokens"
import { checkoutRoute } from "./checkout-route"
import type { PaymentzContext, PaymentzCredentials } from "./context"
import { paymentzControlRoutes } from "./control"
import { addPaid } from "./earlier-payment"
import { invoiceRoute } from "./invoice-route"
import { Notifier } from "./notifier"
import { operationRoutes } from "./operation-routes"
import { pagePath, pageRoutes } from "./page-routes"
import { finishPayout, giveBack } from "./payee"
import { PaymentMoves } from "./payment-moves"
import { paymentRoute } from "./payment-routes"
import { Payments } from "./payments"
import { payoutRoute } from "./payout-route"
import { Payouts } from "./payouts"
import { Refusal, type RefusalName } from "./refusal"
import { refusalAnswer } from "./reply"
import type { PaymentzSandbox, PaymentzSandboxOptions } from "./sandbox"
import { savedCardRoutes } from "./saved-card-routes"
import { SavedCards } from "./saved-cards"
import { say } from "./say"
import { defaultSettings, type PaymentzSettings } from "./settings"
import { decide } from "./shopper"
import { tokenRoutes } from "./token-routes"
import { transactionListRoute } from "./transaction-list-route"

/** Assumption: a callback is given up after its sixth failure, and the others go on. */
const MAX_CALLBACK_FAILURES = 5

const PROBLEMS: Readonly<Record<Problem, RefusalName>> = {
  "unknown-path": "PATH_NOT_FOUND",
  "wrong-method": "METHOD_NOT_ALLOWED",
  "body-too-large": "BODY_TOO_LARGE",
  unauthorized: "TOKEN_INVALID",
}

/** @throws {PortTakenError} */
export async function startPaymentzSandbox(
  options: PaymentzSandboxOptions = {}
): Promise<PaymentzSandbox> {
  const {
    port = 0,
    memberId = "11344",
    secureKey = "sandbox_secure_key",
    partnerId = "1",
    username = "sandboxmerchant",
    totype = "Partner",
    terminalId = "1001",
    callbackRetryDelayMs = 1000,
    callbackTimeoutMs = 5000,
    now = Date.now,
    randomId = randomUUID,
    memory,
    onMemory,
    ...changes
  } = options
  const credentials: PaymentzCredentials = {
    memberId,
    secureKey,
    partnerId,
    username,
    totype,
    terminalId,
  }
  const ledger = new Ledger(now, memory?.ledger)
  const faults = new Faults()
  const calls = new CallLog({
    now,
    secretFields: ["authentication.sKey", "authToken", "card.number", "card.cvv"],
    headers: ["content-type", "accept", "authtoken"],
  })

  let settings: PaymentzSettings = defaultSettings
  const set = (change: Partial<PaymentzSettings>) => {
    if (typeof change.callbackUrl === "string" && !parseHttpUrl(change.callbackUrl)) {
      throw new Error(`The callbacks' address must be an http(s) URL, not "${change.callbackUrl}"`)
    }
    settings = { ...settings, ...withoutUndefined(change) }
  }
  set(changes)

  const sender = new WebhookSender({
    url: ({ notifyUrl }) => parseHttpUrl(notifyUrl ?? ""),
    maxFailures: MAX_CALLBACK_FAILURES,
    afterGivingUp: "go-on",
    retryDelayMs: callbackRetryDelayMs,
    timeoutMs: callbackTimeoutMs,
    now,
  })
  const onChange = () =>
    onMemory?.({
      payments: payments.all(),
      savedCards: savedCards.all(),
      payouts: payouts.all(),
      ledger: ledger.entries(),
    })
  const payments = new Payments({ ledger, now, randomId, known: memory?.payments, onChange })
  const savedCards = new SavedCards({ randomId, known: memory?.savedCards, onChange })
  const payouts = new Payouts({ ledger, now, known: memory?.payouts, onChange })
  const moves = new PaymentMoves(payments, ledger, () => settings)
  const notifier = new Notifier(sender, credentials, () => settings, now)
  const tokens = new AccessTokens(now, randomId)
  const context: PaymentzContext = {
    credentials,
    settings: () => settings,
    now,
    tokens,
    payments,
    moves,
    savedCards,
    payouts,
    notifier,
    later: new Later(),
    pageUrl: ({ linkId }) => server.url + pagePath(linkId),
  }

  const server = await startServer({
    port,
    faults,
    calls,
    gatewayRoutes: [
      ...tokenRoutes(context),
      paymentRoute(context),
      ...operationRoutes(context),
      ...savedCardRoutes(context),
      transactionListRoute(context),
      payoutRoute(context),
      invoiceRoute(context),
      checkoutRoute(context),
      ...pageRoutes(context),
    ],
    controlRoutes: [
      ...controlRoutes({
        ledger,
        calls,
        faults,
        webhooks: sender,
        setWebhookUrl: (callbackUrl) => set({ callbackUrl }),
      }),
      ...paymentzControlRoutes(context),
    ],
    refuse: (problem) => {
      const refusal = new Refusal(PROBLEMS[problem])
      return jsonReply(refusal.status, refusalAnswer(refusal, now()))
    },
  })

  const best = (reference: string) => payments.requireBest(reference)
  return {
    url: server.url,
    credentials,
    ledger,
    payments,
    savedCards,
    payouts,
    faults,
    calls,
    callbacks: notifier,
    set,
    addPaid: (reference, money) => addPaid(context, reference, money),
    pay: (reference, money) => decide(context, "pay", best(reference), { money }),
    payAgain: (reference) => decide(context, "pay", context.payments.open(best(reference)), {}),
    decline: (reference) => decide(context, "decline", best(reference)),
    cancel: (reference) => decide(context, "cancel", best(reference)),
    say: (reference, word) => say(context, reference, word),
    settle: (reference) => moves.settle(best(reference).paymentId),
    refund: (reference, amount) =>
      notifier.moved(moves.refund(best(reference).paymentId, amount, settings.refundCode)),
    chargeback: (reference) => notifier.told(moves.chargeback(best(reference).paymentId)),
    chargebackOf: (paymentId) => notifier.told(moves.chargeback(paymentId)),
    finishMove: (reference, kind, end) =>
      notifier.moved(moves.finish(best(reference).paymentId, kind, end)),
    finishPayout: (reference, end) => finishPayout(context, reference, end),
    giveBack: (reference) => giveBack(context, reference),
    saveCard: (customer) =>
      savedCards.save({ id: "", email: "", givenName: "", surname: "", ...customer }),
    resendCallback: (reference) => void notifier.told(best(reference)),
    revokeTokens: () => tokens.revokeAll(),
    close: async () => {
      context.later.close()
      await server.close()
      await sender.close()
    },
  }
}

/** A caller who passes `undefined` on means "leave it as it is". */
function withoutUndefined(change: Partial<PaymentzSettings>): Partial<PaymentzSettings> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
}
