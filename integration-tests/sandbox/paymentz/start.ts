import { randomUUID } from "node:crypto"
import { z } from "zod"
import { controlsOf, readBody } from "../shared/control"
import { jsonReply, parseHttpUrl, type Problem, type Route } from "../shared/server"
import { commonParts, serve } from "../shared/sandbox"
import { changed, requireHttpUrl } from "../shared/settings"
import { WebhookSender } from "../shared/webhook-sender"
import { checkoutRoute } from "./checkout"
import { text } from "./fields"
import { transactionListRoute } from "./inquiry"
import { operationRoutes, PaymentMoves } from "./operations"
import { decide, pagePath, pageRoutes } from "./pages"
import { invoiceRoute, paymentRoute } from "./payment-routes"
import { type Money, Payments, type PaymentzPayment } from "./payments"
import { finishPayout, giveBack, payoutRoute, Payouts } from "./payouts"
import {
  accessTokensOf,
  API,
  apiRoute,
  call,
  Refusal,
  refusalAnswer,
  type RefusalName,
  timestamp,
} from "./protocol"
import {
  defaultSettings,
  type PaymentzContext,
  type PaymentzCredentials,
  type PaymentzSandbox,
  type PaymentzSandboxOptions,
  type PaymentzSettings,
} from "./sandbox"
import { savedCardRoutes, SavedCards } from "./saved-cards"
import { Notifier } from "./webhooks"

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
  const parts = commonParts(
    {
      now,
      secretFields: ["authentication.sKey", "authToken", "card.number", "card.cvv"],
      headers: ["content-type", "accept", "authtoken"],
    },
    memory?.ledger
  )
  const { ledger } = parts

  let settings: PaymentzSettings = defaultSettings
  const set = (change: Partial<PaymentzSettings>) => {
    requireHttpUrl("The callbacks' address", change.callbackUrl)
    settings = changed(settings, change)
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
  const moves = new PaymentMoves(payments, ledger)
  const notifier = new Notifier(sender, credentials, () => settings, now)
  const tokens = accessTokensOf(username, { now, randomId })
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
    pageUrl: ({ linkId }) => server.url + pagePath(linkId),
  }

  const server = await serve({
    ...parts,
    port,
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
    ownControls: paymentzControlRoutes(context),
    webhooks: { sender: sender, setUrl: (callbackUrl) => set({ callbackUrl }) },
    refuse: (problem) => {
      const refusal = new Refusal(PROBLEMS[problem])
      return jsonReply(refusal.status, refusalAnswer(refusal, now()))
    },
  })

  const best = (reference: string) => payments.requireBest(reference)
  return {
    ...parts,
    url: server.url,
    credentials,
    payments,
    savedCards,
    payouts,
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
    close: server.close,
  }
}

/** Paymentz, authToken and regenerateToken. */
function tokenRoutes(context: PaymentzContext): readonly Route[] {
  const { credentials, settings, tokens, now } = context
  const issued = (description: string) => ({
    partnerId: credentials.partnerId,
    memberId: credentials.memberId,
    result: { code: "200", description },
    timestamp: timestamp(now()),
    LoginName: credentials.username,
    AuthToken: tokens.issue(settings().tokenLifeMs).token,
  })
  const authToken = call(context, {
    fields: z.strictObject({
      "authentication.partnerId": text,
      "merchant.username": text,
      "authentication.sKey": text,
    }),
    checksum: null,
    answer: (fields) => {
      if (
        fields["authentication.partnerId"] !== credentials.partnerId ||
        fields["merchant.username"] !== credentials.username ||
        fields["authentication.sKey"] !== credentials.secureKey
      ) {
        throw new Refusal("CREDENTIALS_INVALID")
      }
      return issued("Token generated successfully")
    },
  })
  const regenerateToken = call(context, {
    fields: z.strictObject({ "authentication.partnerId": text, authToken: text }),
    checksum: null,
    answer: (fields) => {
      if (fields["authentication.partnerId"] !== credentials.partnerId) {
        throw new Refusal("CREDENTIALS_INVALID")
      }
      // Assumption: only a token that has not ended can be taken for a new one, and it goes on until its own end.
      tokens.check(fields.authToken)
      return issued("Token regenerated successfully")
    },
  })
  return [
    apiRoute(context, { path: `${API}/authToken`, needsToken: false, choose: () => authToken }),
    apiRoute(context, {
      path: `${API}/regenerateToken`,
      needsToken: false,
      choose: () => regenerateToken,
    }),
  ]
}

const endBody = z.strictObject({ status: z.enum(["payoutsuccessful", "payoutfailed"]) })

/** The shopper's, the bank's and the issuer's part in an order or a payout, for another process. */
function paymentzControlRoutes(context: PaymentzContext): readonly Route[] {
  const { moves, notifier, payments, payouts } = context
  return [
    ...controlsOf(
      "order",
      (id) => payments.best(id),
      {
        pay: (payment) => decide(context, "pay", payment),
        decline: (payment) => decide(context, "decline", payment),
        cancel: (payment) => decide(context, "cancel", payment),
        settle: ({ paymentId }) => moves.settle(paymentId),
        chargeback: ({ paymentId }) => notifier.told(moves.chargeback(paymentId)),
      },
      ({ merchantTransactionId }) => payments.attempts(merchantTransactionId)
    ),
    ...controlsOf("payout", (id) => payouts.get(id), {
      finish: ({ merchantTransactionId }, request) => {
        const { status } = readBody(
          request,
          endBody,
          '{"status": "payoutsuccessful"}, or payoutfailed'
        )
        return finishPayout(context, merchantTransactionId, status)
      },
      "give-back": ({ merchantTransactionId }) => giveBack(context, merchantTransactionId),
    }),
  ]
}

/** A payment that somebody made by card before the test began; nobody is told of it. */
function addPaid(
  { credentials, payments }: Pick<PaymentzContext, "credentials" | "payments">,
  merchantTransactionId: string,
  { amount, currency }: Money
): PaymentzPayment {
  const { paymentId } = payments.open({
    merchantTransactionId,
    paymentType: "DB",
    amount,
    currency,
    paymentMode: "CC",
    paymentBrand: "VISA",
    origin: "checkout",
    description: "",
    merchantRedirectUrl: "",
    notificationUrl: null,
    terminalId: credentials.terminalId,
    customer: { id: "", email: "", givenName: "", surname: "" },
  })
  return payments.approve(paymentId).payment
}

/** Makes what a word says true of the money, then has the payment say it; other words move nothing. */
function say(
  { moves, payments }: Pick<PaymentzContext, "moves" | "payments">,
  merchantTransactionId: string,
  word: string | null
): PaymentzPayment {
  const { paymentId, paymentType } = payments.requireBest(merchantTransactionId)
  switch (word) {
    case "authsuccessful":
    case "capturestarted":
    case "capturefailed":
      // A debit that was not captured is none: what the issuer holds for it comes free again by itself.
      if (paymentType === "PA") payments.approve(paymentId)
      break
    case "capturesuccess":
    case "settled":
    case "markedforreversal":
      take(payments.approve(paymentId).payment)
      break
    case "reversed": {
      const { amount } = take(payments.approve(paymentId).payment)
      moves.refund(paymentId, amount, "00005")
      break
    }
    case "chargeback":
      take(payments.approve(paymentId).payment)
      moves.chargeback(paymentId)
      break
  }
  return payments.put({ ...payments.require(paymentId), status: word })

  function take(payment: PaymentzPayment): PaymentzPayment {
    return payment.money === "reserved"
      ? moves.capture(paymentId, payment.amount, "00004")
      : payment
  }
}
