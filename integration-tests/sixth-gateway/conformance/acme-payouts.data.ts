import type {
  Json,
  PayoutData,
  PayoutOperation,
  PayoutSandbox,
  SandboxSettings,
} from "medusa-regional-payments/testing"
import { AcmePayoutProvider } from "../src/payouts"
import { changeAcmeSignature, controlsOf, secrets, startStandIn } from "./support/acme-sandbox"

const routes: Readonly<Partial<Record<PayoutOperation, { method: string; path: string }>>> = {
  send: { method: "POST", path: "/transfers" },
  ask: { method: "GET", path: "/transfers/:reference" },
}

const words = { succeeded: "PAID", failed: "REJECTED", processing: "PENDING" } as const

const payee = {
  name: "Markedname Horvat",
  kind: "person" as const,
  email: "marked.horvat@example.test",
  phone: "+38591marked",
  shopName: null,
  account: { iban: "HR1210010051863000160" },
  identity: {},
}

/** What the suite has to know of Acme's transfers. */
export const acmePayouts: PayoutData = {
  identifier: "acme",
  capabilities: {
    currencies: { eur: 2 },
    idempotentReference: false,
    webhooks: "signed",
    accountFields: ["iban"],
    identityFields: [],
    contactFields: [],
    tellsBalance: false,
  },
  wire: {
    makesBeneficiaries: false,
    namesAmount: true,
    namesNumber: true,
    accessToken: false,
    webhookEncodings: ["json"],
    signsAmount: true,
  },
  currency: "eur",
  words: [
    { word: "PAID", outcome: "succeeded" },
    { word: "REJECTED", outcome: "failed" },
    { word: "PENDING", outcome: "processing" },
  ],
  answer: (_operation, { reference, word }) => transfer(reference, word),
  misleading: (reference) => [
    without("reference", reference),
    without("id", reference),
    { data: transfer(reference, "PAID") },
    { code: "NO_SUCH_WORD", ...transfer(reference, "PAID") },
    null,
  ],
  refusal: (message) => ({ code: "NO_SUCH_WORD", message }),
  changeSignature: changeAcmeSignature,
  Provider: AcmePayoutProvider,
  startSandbox,
}

function transfer(reference: string, status: string | null) {
  return { reference, id: "acme-1", status, amount: "1500.00" }
}

function without(field: "reference" | "id", reference: string): Json {
  return { ...transfer(reference, "PAID"), [field]: null }
}

async function startSandbox(settings: SandboxSettings): Promise<PayoutSandbox> {
  const standIn = await startStandIn(settings)
  const moneyOf = (kind: "payout" | "payout_returned", reference: string) =>
    standIn.ledger
      .entries({ kind, reference })
      .map(({ amount, currency }) => ({ amount, currency: currency.toLowerCase() }))
  return {
    url: standIn.url,
    options: { baseUrl: standIn.url, ...secrets },
    secrets: () => Object.values(secrets),
    payee: () => ({
      beneficiary: payee,
      personal: [payee.name, payee.email, payee.phone, payee.account.iban],
    }),
    answerWith: (outcome) => void (standIn.transferWord = words[outcome]),
    end: (reference, outcome) => standIn.endTransfer(reference, words[outcome]),
    giveBack: (reference) => standIn.endTransfer(reference, "REJECTED"),
    refuseDuplicates: () => void (standIn.refusesDuplicates = true),
    moves: (reference) => moneyOf("payout", reference),
    returns: (reference) => moneyOf("payout_returned", reference),
    ...controlsOf(standIn, routes),
    claimSucceeded: (reference) => standIn.claim(reference, "1500.00"),
    claimOrderPaid: (reference) => standIn.claim(reference, "100.00"),
  }
}
