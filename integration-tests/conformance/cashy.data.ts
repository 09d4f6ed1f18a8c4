import { CashyPaymentProvider } from "../../src/providers/cashy"
import { startCashySandbox, type CashySandbox, type CashySettings } from "../sandbox/cashy"
import type {
  GatewayData,
  GatewaySandbox,
  Json,
  Money,
  Operation,
  SandboxSettings,
} from "../../src/testing/conformance/gateway-data"
import { operationsAt } from "./support/operations-at"

const merchantId = "1002001"
const secrets = {
  apiKey: "markedApiKey6tN",
  previousApiKey: "markedPreviousApiKey9dL",
}

const paths: Readonly<Partial<Record<Operation, string>>> = {
  create: "/api/payIn",
  query: "/api/payInQuery",
  ask: "/api/payInQuery",
}

/** What a stranger's order would be answered with, and ours as well, but for its numbers. */
const paid = { orderStatus: "SUCCESS", payType: "36", amount: "100", fee: "2" }
const page = { payCode: null, payUrl: null, payDeskUrl: "https://pay.test/1", amount: 100 }
const strangers = { merchantId, mchOrderNo: "SOMEBODY-ELSES", orderNo: "PAYIN1" }

const required = { required: true, maxLength: 32 } as const

export const cashy: GatewayData = {
  identifier: "cashy",
  capabilities: {
    capture: "automatic",
    refund: "none",
    voids: false,
    links: false,
    webhooks: "signed",
    receivesInParts: true,
    payable: { hours: 720 },
    payer: {
      name: required,
      phone: required,
      email: required,
      id_number: required,
      id_type: { required: false, maxLength: 32 },
    },
  },
  wire: {
    ordersOpenedBy: "server",
    findsOrdersByReference: true,
    namesMoney: true,
    namesCurrency: false,
    accessToken: false,
    tellsFailure: true,
    // What is paid for an order that is over is a supplementary order, which only its webhook names.
    paidAfterFailed: false,
    // It says FAIL of an order that was declined and of one whose time ran out: nobody can tell them apart.
    expires: "error",
    settledCode: null,
    webhookEncodings: ["json"],
    signsAmount: true,
  },
  currencies: { pkr: 0 },
  nextActions: ["redirect"],
  statuses: [
    { word: "SUCCESS", session: "paid" },
    { word: "FAIL", session: "error" },
    { word: "PAYING", session: "pending" },
  ],
  refundWords: null,
  misleading: {
    create: [
      withData({ ...strangers, ...page }),
      withData({ merchantId, orderNo: "PAYIN1", ...page }),
      withData({ ...page }),
      withData(null),
    ],
    query: [
      withData({ ...strangers, ...paid }),
      withData({ merchantId, orderNo: "PAYIN1", ...paid }),
      withData({ ...paid }),
      withData(null),
      { code: 500, msg: "SUCCESS", data: { ...paid } },
      { code: "OK", msg: "SUCCESS", data: { ...paid } },
      { data: { ...paid } },
    ],
  },
  changeSignature: ({ headers, ...webhook }, change) => ({
    ...webhook,
    headers: { ...headers, sign: change(String(headers.sign)) },
  }),
  Provider: CashyPaymentProvider,
  startSandbox: async (settings) => wrapped(await startCashy(settings), settings.webhookUrl),
}

/** The same with a sandbox of other habits, which is handed over as it is. */
export function cashyWith(
  changes: Partial<CashySettings>,
  handOver: (sandbox: CashySandbox) => void
): GatewayData {
  return {
    ...cashy,
    async startSandbox(settings) {
      const sandbox = await startCashy(settings)
      sandbox.set(changes)
      handOver(sandbox)
      return wrapped(sandbox, settings.webhookUrl)
    },
  }
}

function withData(data: Json): Json {
  return { code: 200, msg: "SUCCESS", data }
}

function startCashy({ signsWith }: SandboxSettings): Promise<CashySandbox> {
  return startCashySandbox({
    merchantId,
    apiKey: secrets.apiKey,
    webhookKey: signsWith === "current" ? secrets.apiKey : secrets.previousApiKey,
    webhookRetryDelayMs: 1,
  })
}

function wrapped(sandbox: CashySandbox, webhookUrl: string): GatewaySandbox {
  return {
    url: sandbox.url,
    options: {
      baseUrl: sandbox.url,
      merchantId,
      ...secrets,
      currency: "pkr",
      payType: 36,
      notifyUrl: webhookUrl,
    },
    secrets: () => Object.values(secrets),
    pay: (reference, money) => pay(sandbox, reference, money),
    fail: (reference) => void sandbox.decline(reference),
    expire: (reference) => void sandbox.expire(reference),
    say: (reference, word) => void sandbox.say(reference, word ?? ""),
    settle: () => {
      throw new Error("Nothing of Cashy's says that a payment settles")
    },
    answerRefundsWith: noRefunds,
    finishRefund: noRefunds,
    orders: () =>
      sandbox.orders.all().flatMap((order) => (order.orderType === "API" ? order.mchOrderNo : [])),
    moves: (kind, reference) => (kind === "payment" ? payments(sandbox, reference) : []),
    ...operationsAt(sandbox, paths),
    endTokens: () => {
      throw new Error("Cashy has no access token")
    },
    setWebhooks: ({ forged, copies, amount }) =>
      sandbox.set({
        forgeWebhooks: forged,
        webhookCopies: copies,
        webhookAmount: amount?.toString(),
      }),
    claimPaid: (mchOrderNo, amount, paymentOf = mchOrderNo) => {
      const orderNo = sandbox.orders.get(paymentOf)?.orderNo ?? "PAYIN0000000000000000000"
      sandbox.webhooks.send({
        mchOrderNo,
        orderNo,
        amount,
        orderStatus: "SUCCESS",
        notifyUrl: webhookUrl,
        orderType: "API",
        patchOrderNo: orderNo,
        patchMchOrderNo: mchOrderNo,
      })
    },
    webhooksSettled: () => sandbox.webhooks.settled(),
    close: () => sandbox.close(),
  }
}

/** What was ordered pays the order; any other amount is a supplementary order of its own. */
function pay(sandbox: CashySandbox, reference: string, money?: Money): void {
  if (money !== undefined && !(money.currency in cashy.currencies)) {
    throw new Error("Cashy's answers name no currency: a merchant's account has one")
  }
  const ordered = sandbox.orders.get(reference)
  if (money === undefined || (ordered && `${money.amount}.00` === ordered.amount)) {
    sandbox.pay(reference)
  } else {
    sandbox.payPart(reference, money.amount)
  }
}

/** Rupees without decimals, as the merchant has them. */
function payments(sandbox: CashySandbox, reference: string): Money[] {
  return sandbox.ledger.entries({ kind: "payment", reference }).map(({ amount, currency }) => ({
    amount: amount.replace(/\.00$/, ""),
    currency: currency.toLowerCase(),
  }))
}

function noRefunds(): never {
  throw new Error("Cashy has no refunds")
}
