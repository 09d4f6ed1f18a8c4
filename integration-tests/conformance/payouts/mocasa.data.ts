import { MocasaPayoutProvider } from "../../../src/payout-providers/mocasa/provider"
import { startMocasaSandbox, type MocasaSandbox } from "../../sandbox/mocasa"
import type { SandboxSettings } from "../../../src/testing/conformance/gateway-data"
import type {
  PayoutData,
  PayoutOperation,
  PayoutSandbox,
} from "../../../src/testing/payout-conformance/payout-data"
import { operationsAt } from "../support/operations-at"

const secrets = {
  clientKey: "mp_markedClientKey5hT",
  clientSecret: "se_markedClientSecret8qW",
  webhookSecret: "wh_markedWebhookSecret2rK",
  previousWebhookSecret: "wh_markedPreviousSecret4vB",
}

const paths: Readonly<Partial<Record<PayoutOperation, string>>> = {
  token: "/auth/token/apply",
  register: "/payout/account/create",
  send: "/payout/transfer/initiate",
  ask: "/payout/transfer/query",
}

const txStatuses = { succeeded: "success", failed: "failed", processing: "processing" } as const

export const mocasaPayouts: PayoutData = {
  identifier: "mocasa",
  capabilities: {
    currencies: { php: 2 },
    idempotentReference: false,
    webhooks: "signed",
    accountFields: ["account_number"],
    contactFields: ["name", "shop_name", "phone", "email"],
    identityFields: ["id_type", "id_number", "business_licence", "business_scope", "shop_address"],
    tellsBalance: false,
  },
  wire: {
    makesBeneficiaries: true,
    namesAmount: false,
    namesNumber: false,
    accessToken: true,
    webhookEncodings: ["json", "form"],
    signsAmount: false,
  },
  currency: "php",
  words: [
    { word: "success", outcome: "succeeded" },
    { word: "failed", outcome: "failed" },
  ],
  answer: (_operation, { reference, word }) =>
    envelope({ transferSerialNo: reference, txStatus: word, txMessage: "words" }),
  misleading: (transferSerialNo) => [
    envelope({ txStatus: "success" }),
    envelope({ orderNo: transferSerialNo, txStatus: "success" }),
    envelope(null),
    { ...envelope({ transferSerialNo, txStatus: "success" }), success: "true" },
    { ...envelope({ transferSerialNo, txStatus: "success" }), success: false },
    { data: { transferSerialNo, txStatus: "success" } },
  ],
  refusal: (message) => ({ success: false, code: "E1", message, data: null }),
  changeSignature: ({ headers, ...webhook }, change) => ({
    ...webhook,
    headers: { ...headers, signature: change(String(headers.signature)) },
  }),
  Provider: MocasaPayoutProvider,
  startSandbox,
}

function envelope(data: { readonly [key: string]: string | null } | null) {
  return { success: true, code: "SUCCESS", message: "success", data }
}

async function startSandbox({ webhookUrl, signsWith }: SandboxSettings): Promise<PayoutSandbox> {
  const sandbox = await startMocasaSandbox({
    clientKey: secrets.clientKey,
    clientSecret: secrets.clientSecret,
    webhookSecret: signsWith === "current" ? secrets.webhookSecret : secrets.previousWebhookSecret,
    webhookUrl,
    webhookRetryDelayMs: 1,
  })
  const claim = (about: "orderNo" | "transferSerialNo", reference: string) =>
    sandbox.webhooks.send({
      about,
      reference,
      amount: 1500,
      txStatus: "success",
      txMessage: "Successful",
      txTime: Date.now(),
    })
  return {
    url: sandbox.url,
    options: { baseUrl: sandbox.url, ...secrets },
    secrets: () => [...Object.values(secrets), ...tokensOf(sandbox)],
    payee: () => ({ beneficiary: seller, personal: personalOf(seller) }),
    answerWith: (outcome) => sandbox.set({ transferStatus: txStatuses[outcome] }),
    end: (reference, outcome) => void sandbox.finishTransfer(reference, txStatuses[outcome]),
    giveBack: (reference) => void sandbox.giveBack(reference),
    refuseDuplicates: () => sandbox.set({ duplicateTransfer: "refuse" }),
    moves: (reference) => moneyOf(sandbox, "payout", reference),
    returns: (reference) => moneyOf(sandbox, "payout_returned", reference),
    ...operationsAt(sandbox, paths),
    endTokens: () => sandbox.revokeTokens(),
    setWebhooks: ({ forged, copies, encoding }) =>
      sandbox.set({ forgeWebhooks: forged, webhookCopies: copies, webhookEncoding: encoding }),
    claimSucceeded: (reference) => claim("transferSerialNo", reference),
    claimOrderPaid: (reference) => claim("orderNo", reference),
    webhooksSettled: () => sandbox.webhooks.settled(),
    close: () => sandbox.close(),
  }
}

const seller = {
  name: "Markedname dela Cruz",
  kind: "business" as const,
  email: "marked.seller@example.test",
  phone: "+63917marked",
  shopName: "Markedshop Sari-sari",
  account: {},
  identity: {
    id_type: "passport",
    id_number: "P-marked-9876",
    business_licence: "DTI-marked-555",
    business_scope: "groceries",
    shop_address: "1 Marked Street",
  },
}

function personalOf({ name, email, phone, shopName, identity }: typeof seller): string[] {
  const { id_number, business_licence, shop_address } = identity
  return [name, email, phone, shopName, id_number, business_licence, shop_address]
}

function moneyOf(sandbox: MocasaSandbox, kind: "payout" | "payout_returned", reference: string) {
  return sandbox.ledger
    .entries({ kind, reference })
    .map(({ amount, currency }) => ({ amount, currency: currency.toLowerCase() }))
}

function tokensOf(sandbox: MocasaSandbox): string[] {
  const tokens = sandbox.calls.list().map(({ headers }) => headers["accesstoken"])
  return [...new Set(tokens)].filter((token) => token !== undefined)
}
