import { PaymentzPayoutProvider } from "../../../src/payout-providers/paymentz/provider"
import {
  startPaymentzSandbox,
  type PaymentzSandbox,
  type PaymentzSettings,
} from "../../sandbox/paymentz"
import type { Json, SandboxSettings } from "../../../src/testing/conformance/gateway-data"
import type {
  PayoutData,
  PayoutOperation,
  PayoutSandbox,
} from "../../../src/testing/payout-conformance/payout-data"

const api = "/transactionServices/REST/v1"
const secrets = {
  secureKey: "markedSecureKey7pL2wX",
  previousSecureKey: "markedPreviousKey4dQ9",
}
const merchant = { memberId: "11344", partnerId: "1", username: "shopuser" }

/** Two paths for a question: which of them a provider takes is its own choice. */
const inquiries = [`${api}/payments/:id#IN`, `${api}/inquiry`]

const paths: Readonly<Partial<Record<PayoutOperation, readonly string[]>>> = {
  token: [`${api}/authToken`, `${api}/regenerateToken`],
  register: inquiries,
  send: [`${api}/payout`],
  ask: inquiries,
}

const statuses = {
  succeeded: "payoutsuccessful",
  failed: "payoutfailed",
  processing: "payoutstarted",
} as const

export const paymentzPayouts: PayoutData = {
  identifier: "paymentz",
  capabilities: {
    currencies: { usd: 2, jpy: 0, kwd: 2 },
    idempotentReference: false,
    webhooks: "signed",
    accountFields: ["payment_id"],
    identityFields: [],
    contactFields: ["name"],
    tellsBalance: false,
  },
  wire: {
    makesBeneficiaries: false,
    namesAmount: true,
    namesNumber: true,
    accessToken: true,
    webhookEncodings: ["json"],
    signsAmount: true,
  },
  currency: "usd",
  words: [
    { word: "payoutstarted", outcome: "processing" },
    { word: "payoutsuccessful", outcome: "succeeded" },
    { word: "payoutfailed", outcome: "failed" },
    { word: "reversed", outcome: "returned" },
  ],
  answer: (operation, { reference, word }) =>
    record(operation === "send" ? "00001" : "00026", {
      merchantTransactionId: reference,
      ...(word === null ? {} : { status: word }),
    }),
  misleading: (reference) => [
    record("00001", { status: "payoutsuccessful" }),
    record("00001", { status: "payoutsuccessful", merchantTransactionId: "" }),
    { paymentId: "90001", status: "payoutsuccessful", transactionStatus: "Y" },
    { result: { code: "00001", description: "Transaction succeeded" } },
    { result: { code: "00026", description: "Your record found successfully" } },
    record("00005", { merchantTransactionId: reference, status: "settled" }),
  ],
  refusal: (description) => ({ result: { code: "10001", description } }),
  changeSignature: ({ body, ...webhook }, change) => {
    const { checksum, ...fields } = JSON.parse(body.toString("utf8"))
    const changed = change(String(checksum))
    return { ...webhook, body: Buffer.from(JSON.stringify({ ...fields, checksum: changed })) }
  },
  Provider: PaymentzPayoutProvider,
  startSandbox: async (settings) => wrapped(await startPaymentz(settings), settings.webhookUrl),
}

/** The same with a sandbox of other habits. */
export function paymentzPayoutsWith(
  variant: string,
  habits: Partial<PaymentzSettings>
): PayoutData {
  return {
    ...paymentzPayouts,
    variant,
    async startSandbox(settings) {
      const sandbox = await startPaymentz(settings)
      sandbox.set(habits)
      return wrapped(sandbox, settings.webhookUrl)
    },
  }
}

function record(code: string, fields: { readonly [key: string]: string }): Json {
  return {
    paymentId: "90001",
    transactionStatus: "P",
    amount: "1500.00",
    currency: "USD",
    ...fields,
    result: { code, description: "words" },
  }
}

function startPaymentz({
  signsWith,
}: Pick<SandboxSettings, "signsWith">): Promise<PaymentzSandbox> {
  return startPaymentzSandbox({
    ...merchant,
    secureKey: secrets.secureKey,
    callbackKey: signsWith === "previous" ? secrets.previousSecureKey : null,
    callbackRetryDelayMs: 1,
  })
}

function wrapped(sandbox: PaymentzSandbox, webhookUrl: string): PayoutSandbox {
  const { paymentId } = sandbox.addPaid("ORD1001", { amount: "2000.00", currency: "USD" })
  const claim = (merchantTransactionId: string, status: string, number: string) =>
    sandbox.callbacks.send(
      {
        paymentId: number,
        merchantTransactionId,
        amount: "1500.00",
        status,
        transactionStatus: "Y",
      },
      webhookUrl
    )
  return {
    url: sandbox.url,
    options: {
      baseUrl: sandbox.url,
      ...merchant,
      ...secrets,
      merchantEmail: "shop@example.test",
      notificationUrl: webhookUrl,
      currencies: { usd: 2, jpy: 0, kwd: 3 },
    },
    secrets: () => [...Object.values(secrets), ...tokensOf(sandbox)],
    payee: () => ({
      beneficiary: { ...shopper, account: { payment_id: paymentId } },
      personal: [shopper.name, shopper.email, shopper.phone],
    }),
    answerWith: (outcome) => sandbox.set({ payoutStatus: statuses[outcome] }),
    end: (reference, outcome) => void sandbox.finishPayout(reference, statuses[outcome]),
    giveBack: (reference) => void sandbox.giveBack(reference),
    // It always does.
    refuseDuplicates: () => undefined,
    moves: (reference) => moneyOf(sandbox, "payout", reference),
    returns: (reference) => moneyOf(sandbox, "payout_returned", reference),
    calls: (operation) => callsOf(sandbox, operation),
    fault: (operation, fault) => {
      for (const path of pathsOf(operation)) sandbox.faults.addUnchecked({ ...fault, path })
    },
    clearFaults: () => sandbox.faults.clear(),
    endTokens: () => sandbox.revokeTokens(),
    setWebhooks: ({ forged, copies }) =>
      sandbox.set({ forgeCallbacks: forged, callbackCopies: copies }),
    claimSucceeded: (reference) => claim(reference, "payoutsuccessful", "90001"),
    claimOrderPaid: (reference) => claim(reference, "capturesuccess", paymentId),
    webhooksSettled: () => sandbox.callbacks.settled(),
    close: () => sandbox.close(),
  }
}

const shopper = {
  name: "Markedname Smith",
  kind: "person" as const,
  email: "marked.smith@example.test",
  phone: "+44marked700",
  shopName: null,
  identity: {},
}

function pathsOf(operation: PayoutOperation): readonly string[] {
  const found = paths[operation]
  if (!found) {
    throw new Error(`Paymentz has no call to ${operation}`)
  }
  return found
}

function callsOf(sandbox: PaymentzSandbox, operation: PayoutOperation): number {
  return pathsOf(operation)
    .map((pattern) => {
      const [path = ""] = pattern.split("#")
      const prefix = path.replace(":id", "")
      const isMeant = (called: string) =>
        prefix === path ? called === path : called.startsWith(prefix)
      return sandbox.calls.list().filter((call) => isMeant(call.path)).length
    })
    .reduce((sum, count) => sum + count, 0)
}

function moneyOf(sandbox: PaymentzSandbox, kind: "payout" | "payout_returned", reference: string) {
  return sandbox.ledger
    .entries({ kind, reference })
    .map(({ amount, currency }) => ({ amount, currency: currency.toLowerCase() }))
}

function tokensOf(sandbox: PaymentzSandbox): string[] {
  const tokens = sandbox.calls.list().map(({ headers }) => headers["authtoken"])
  return [...new Set(tokens)].filter((token) => token !== undefined)
}
