import { CashyPayoutProvider } from "../../../src/payout-providers/cashy/provider"
import { startCashySandbox, type CashySandbox } from "../../sandbox/cashy"
import type { Json, SandboxSettings } from "../../../src/testing/conformance/gateway-data"
import type {
  PayoutData,
  PayoutOperation,
  PayoutSandbox,
} from "../../../src/testing/payout-conformance/payout-data"
import { operationsAt } from "../support/operations-at"

const merchantId = "1002001"
const secrets = {
  apiKey: "markedApiKey6nS9dF",
  previousApiKey: "markedPreviousKey3kL",
}

const paths: Readonly<Partial<Record<PayoutOperation, string>>> = {
  send: "/api/payOut",
  ask: "/api/payOutQuery",
  balance: "/api/getBalance",
}

const orderStatuses = { succeeded: "SUCCESS", failed: "FAIL", processing: "PROCESSING" } as const

export const cashyPayouts: PayoutData = {
  identifier: "cashy",
  capabilities: {
    currencies: { pkr: 0 },
    idempotentReference: false,
    webhooks: "signed",
    accountFields: ["account_number", "account_type", "bank_code"],
    identityFields: [],
    contactFields: ["name", "phone"],
    tellsBalance: true,
  },
  wire: {
    makesBeneficiaries: false,
    namesAmount: true,
    namesNumber: true,
    accessToken: false,
    webhookEncodings: ["json"],
    signsAmount: true,
  },
  currency: "pkr",
  words: [
    { word: "PROCESSING", outcome: "processing" },
    { word: "WAITING", outcome: "processing" },
    { word: "PAYING", outcome: "processing" },
    { word: "SUCCESS", outcome: "succeeded" },
    { word: "FAIL", outcome: "failed" },
    { word: "CANCEL", outcome: "failed" },
  ],
  answer: (_operation, { reference, word }) => withData(payout(reference, word)),
  misleading: (reference) => [
    withData({ orderNo: "PAYOUT1", orderStatus: "SUCCESS", amount: "1500" }),
    withData({ mchOrderNo: reference, orderStatus: "SUCCESS" }),
    withData(null),
    { code: 500, msg: "SUCCESS", data: payout(reference, "SUCCESS") },
    { code: "OK", msg: "SUCCESS", data: payout(reference, "SUCCESS") },
    { data: payout(reference, "SUCCESS") },
  ],
  refusal: (msg) => ({ code: 500, msg }),
  changeSignature: ({ headers, ...webhook }, change) => ({
    ...webhook,
    headers: { ...headers, sign: change(String(headers.sign)) },
  }),
  Provider: CashyPayoutProvider,
  startSandbox,
}

function payout(mchOrderNo: string, orderStatus: string | null): Json {
  return { merchantId, mchOrderNo, orderNo: "PAYOUT1", amount: "1500", fee: "2", orderStatus }
}

function withData(data: Json): Json {
  return { code: 200, msg: "SUCCESS", data }
}

async function startSandbox({ webhookUrl, signsWith }: SandboxSettings): Promise<PayoutSandbox> {
  const sandbox = await startCashySandbox({
    merchantId,
    apiKey: secrets.apiKey,
    webhookKey: signsWith === "current" ? secrets.apiKey : secrets.previousApiKey,
    webhookRetryDelayMs: 1,
    payoutStatus: "SUCCESS",
  })
  const claim = (mchOrderNo: string, orderNo: string, more: object = {}) =>
    sandbox.webhooks.send({
      mchOrderNo,
      orderNo,
      amount: "1500.00",
      orderStatus: "SUCCESS",
      notifyUrl: webhookUrl,
      ...more,
    })
  return {
    url: sandbox.url,
    options: {
      baseUrl: sandbox.url,
      merchantId,
      ...secrets,
      currency: "PKR",
      notifyUrl: webhookUrl,
    },
    secrets: () => Object.values(secrets),
    payee: () => ({ beneficiary: walletOwner, personal: personal }),
    answerWith: (outcome) => sandbox.set({ payoutStatus: orderStatuses[outcome] }),
    end: (reference, outcome) => void sandbox.sayOfPayout(reference, orderStatuses[outcome]),
    giveBack: (reference) => void sandbox.giveBack(reference),
    refuseDuplicates: () => sandbox.set({ duplicatePayout: "refuse" }),
    moves: (reference) => moneyOf(sandbox, "payout", reference),
    returns: (reference) => moneyOf(sandbox, "payout_returned", reference),
    ...operationsAt(sandbox, paths),
    endTokens: () => {
      throw new Error("Cashy has no access token")
    },
    setWebhooks: ({ forged, copies }) =>
      sandbox.set({ forgeWebhooks: forged, webhookCopies: copies }),
    claimSucceeded: (reference) =>
      claim(reference, sandbox.payouts.get(reference)?.orderNo ?? "PAYOUT1"),
    claimOrderPaid: (reference) => claim(reference, "PAYIN1", { orderType: "API" }),
    webhooksSettled: () => sandbox.webhooks.settled(),
    close: () => sandbox.close(),
  }
}

const walletOwner = {
  name: "Markedname Khan",
  kind: "person" as const,
  email: "marked.khan@example.test",
  phone: "+92300marked",
  shopName: null,
  account: { account_number: "0300marked67", account_type: "1", bank_code: "EASYPAISA" },
  identity: {},
}
const { name, email, phone, account } = walletOwner
const personal = [name, email, phone, account.account_number]

/** Rupees without decimals, as the merchant has them. */
function moneyOf(sandbox: CashySandbox, kind: "payout" | "payout_returned", reference: string) {
  return sandbox.ledger.entries({ kind, reference }).map(({ amount, currency }) => ({
    amount: amount.replace(/\.00$/, ""),
    currency: currency.toLowerCase(),
  }))
}
