import type {
  ChargeControl,
  Fault,
  GatewaySandbox,
  Money,
  Move,
  Operation,
  SandboxSettings,
} from "../../src/testing/conformance/gateway-data"
import {
  startPaymentzSandbox,
  type PaymentzSandbox,
  type PaymentzSettings,
} from "../sandbox/paymentz"

const api = "/transactionServices/REST/v1"
const secrets = {
  secureKey: "markedSecureKey7pL2wX",
  previousSecureKey: "markedPreviousKey4dQ9",
}
const merchant = { memberId: "11344", partnerId: "1", username: "shopuser", totype: "Partner" }

export const currencies = { usd: 2, jpy: 0 }

/** Two paths for a question: which of them a provider takes is its own choice. */
const inquiries = [`${api}/payments/:id#IN`, `${api}/inquiry`]

const paths: Readonly<Record<Operation, readonly string[]>> = {
  token: [`${api}/authToken`, `${api}/regenerateToken`],
  create: ["/transaction/Checkout", `${api}/payments`, "/invoiceServices/REST/v1/generate"],
  query: inquiries,
  ask: [...inquiries, `${api}/getTransactionList`],
  refund: [`${api}/payments/:id#RF`],
  capture: [`${api}/payments/:id#CP`],
  void: [`${api}/payments/:id#RV`],
  charge: [`${api}/paywithtoken/:id`],
}

/** What the suite calls a payment is an authorization where the money is only reserved. */
const kinds = {
  payment: ["payment", "authorization"],
  capture: ["capture"],
  refund: ["refund"],
  void: ["void"],
} as const satisfies Record<Move, readonly string[]>

/** Whose card is on file. */
const customer = { id: "cus_cardholder", email: "cardholder@example.test" }

const chargeAnswers = {
  paid: "approve",
  declined: "decline",
  waits: "pending",
  asks: "3d",
} as const satisfies Record<string, PaymentzSettings["savedCardPayment"]>

export type PaymentzHabits = {
  readonly capture: "automatic" | "manual"
  readonly integration?: "hosted" | "rest"
  /** Whether a card on file is charged by the merchant. */
  readonly charges?: boolean
}

/** The merchant's sandbox, as a scenario of Paymentz alone works with it. */
export function startPaymentz({
  signsWith,
}: Pick<SandboxSettings, "signsWith">): Promise<PaymentzSandbox> {
  return startPaymentzSandbox({
    ...merchant,
    secureKey: secrets.secureKey,
    callbackKey: signsWith === "previous" ? secrets.previousSecureKey : null,
    callbackRetryDelayMs: 1,
  })
}

/** The same in the suite's words. */
export function wrapped(
  sandbox: PaymentzSandbox,
  webhookUrl: string,
  { capture, integration = "hosted", charges = false }: PaymentzHabits
): GatewaySandbox {
  return {
    url: sandbox.url,
    options: {
      baseUrl: sandbox.url,
      ...merchant,
      ...secrets,
      capture,
      integration,
      currencies,
      returnUrl: "https://shop.test/return",
      notificationUrl: webhookUrl,
    },
    secrets: () => [...Object.values(secrets), ...tokensOf(sandbox)],
    pay: (reference, money) =>
      void sandbox.pay(
        reference,
        money && { amount: money.amount, currency: money.currency.toUpperCase() }
      ),
    fail: (reference) => void sandbox.decline(reference),
    expire: () => {
      throw new Error("Paymentz's payments do not expire")
    },
    say: (reference, word) => void sandbox.say(reference, word),
    settle: (reference) => void sandbox.settle(reference),
    answerRefundsWith: (refundCode) => sandbox.set({ refundCode }),
    finishRefund: (reference, end) => void sandbox.finishMove(reference, "refund", end),
    ...(charges && { charging: chargingOf(sandbox) }),
    orders: () => [...new Set(sandbox.payments.all().map((each) => each.merchantTransactionId))],
    moves: (kind, reference) => movesOf(sandbox, kind, reference),
    calls: (operation) => callsOf(sandbox, operation),
    fault: (operation, fault) => addFault(sandbox, operation, fault),
    clearFaults: () => sandbox.faults.clear(),
    endTokens: () => sandbox.revokeTokens(),
    setWebhooks: ({ forged, copies, amount }) =>
      sandbox.set({
        forgeCallbacks: forged,
        callbackCopies: copies,
        callbackAmount: amount?.toFixed(2),
      }),
    claimPaid: (reference, amount, paymentOf = reference) =>
      sandbox.callbacks.send(
        {
          paymentId: sandbox.payments.best(paymentOf)?.paymentId ?? "54289",
          merchantTransactionId: reference,
          amount,
          status: "capturesuccess",
          transactionStatus: "Y",
        },
        webhookUrl
      ),
    webhooksSettled: () => sandbox.callbacks.settled(),
    close: () => sandbox.close(),
  }
}

function chargingOf(sandbox: PaymentzSandbox): ChargeControl {
  return {
    shopper: (owner = customer) => ({
      data: {
        saved_method_id: sandbox.saveCard({ id: owner.id, email: owner.email }).registrationId,
      },
      customer: owner,
    }),
    answerWith: (outcome) => sandbox.set({ savedCardPayment: chargeAnswers[outcome] }),
  }
}

function movesOf(sandbox: PaymentzSandbox, kind: Move, reference: string): readonly Money[] {
  const wanted: readonly string[] = kinds[kind]
  return sandbox.ledger
    .entries({ reference })
    .filter((entry) => wanted.includes(entry.kind))
    .map(({ amount, currency }) => ({
      // On the wire every amount has two decimals, and so in the ledger.
      amount: currency === "JPY" ? amount.replace(/\.00$/, "") : amount,
      currency: currency.toLowerCase(),
    }))
}

function callsOf(sandbox: PaymentzSandbox, operation: Operation): number {
  return paths[operation]
    .map((pattern) => {
      const [path = "", paymentType] = pattern.split("#")
      const prefix = path.replace(":id", "")
      return sandbox.calls
        .list()
        .filter((call) =>
          prefix === path
            ? call.path === path
            : call.path.startsWith(prefix) &&
              (paymentType ?? call.fields["paymentType"]) === call.fields["paymentType"]
        ).length
    })
    .reduce((sum, count) => sum + count, 0)
}

function addFault(sandbox: PaymentzSandbox, operation: Operation, fault: Fault): void {
  for (const path of paths[operation]) sandbox.faults.addUnchecked({ ...fault, path })
}

function tokensOf(sandbox: PaymentzSandbox): string[] {
  const tokens = sandbox.calls.list().map(({ headers }) => headers["authtoken"])
  return [...new Set(tokens)].filter((token) => token !== undefined)
}
