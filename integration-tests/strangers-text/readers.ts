import type { ZodType } from "zod"
import {
  AdminAttachException,
  AdminCloseException,
  AdminRecordRefundElsewhere,
} from "../../src/api/admin/gateway-payments/validators"
import { refusedLines } from "../../src/api/admin/payouts/import-files"
import {
  AdminCreatePayoutBeneficiary,
  AdminCreatePayoutTransfer,
} from "../../src/api/admin/payouts/validators"
import { storableRequest } from "../../src/api/guards/storable-request"
import { signHeader } from "../../src/gateways/cashy/signature"
import { readWebhook as readCashy } from "../../src/gateways/cashy/webhook"
import { webhookDigest } from "../../src/gateways/mocasa/signature"
import { readWebhook as readMocasa } from "../../src/gateways/mocasa/webhook"
import { callbackDigest } from "../../src/gateways/paymentz/signature"
import { readWebhook as readPaymentz } from "../../src/gateways/paymentz/webhook"
import { admitWebhook, type WebhookReader } from "../../src/gateways/shared/webhook"
import { comparableText, printableText } from "../../src/gateways/shared/text"
import { Secret } from "../../src/gateways/shared/secret"
import { parseOrderReference } from "../../src/modules/payment-journal/references"
import { checkAccount } from "../../src/modules/payout/domain/beneficiary"
import { readText } from "../../src/modules/payout/domain/input"
import { statedMismatches } from "../../src/modules/payout/domain/stated-payee"
import { isPayoutReference } from "../../src/modules/payout/domain/transfer"
import { holdsCardData } from "../../src/providers/base/card-data"
import { maskedBody } from "../../src/providers/base/mask-webhook-body"
import { ownReferences } from "../../src/providers/base/order-details"
import { isPlainObject } from "../../src/shared/validation"
import { readShopperInput } from "../../src/providers/base/storefront-input"
import { parseReturn as readPaymentzReturn } from "../../src/providers/paymentz/gateway"
import { gatewayUnderTest as mocopayUnderTest } from "../../src/providers/mocopay/__tests__/gateway-under-test"
import { readImportFile } from "../../src/workflows/payouts/read-import-file"
import { invalidData } from "../../src/shared/errors"

/** A place where text of a stranger is read. */
export type StrangersReader = {
  name: string
  /** As much as can come in there, in characters. */
  most: number
  /** @returns what is kept of it; undefined where nothing is */
  read(text: string): unknown
}

/** What Medusa's parsers let through, what a notification may hold, and what Node lets an address be long. */
const bodySize = 100_000
const messageSize = 64 * 1024
const addressSize = 16 * 1024
const fileSize = 2_000_000

const reference = "01JQ7ZK3V5W8X9Y0A1B2C3D4E50"
const secret = Secret.of("test_key")
const references = ownReferences

const payerRules = {
  name: { required: true, maxLength: 100 },
  phone: { required: false, maxLength: 20 },
  email: { required: true, maxLength: 100 },
  id_number: { required: true, maxLength: 32 },
  id_type: { required: false, maxLength: 32 },
  country: { required: false, maxLength: 2 },
}

/** As the route that chooses a payment method reads it, and the provider after it. */
function readSessionData(data: Record<string, unknown>): unknown {
  if (holdsCardData(data)) {
    throw invalidData("card data")
  }
  return readShopperInput(data, payerRules, ["https://shop.example"], {})
}

const payer = { name: "Ana", email: "a@b.example", id_number: "1234" }

const sessionFields: Readonly<Record<string, (text: string) => Record<string, unknown>>> = {
  "payer.name": (name) => ({ payer: { ...payer, name } }),
  "payer.phone": (phone) => ({ payer: { ...payer, phone } }),
  "payer.email": (email) => ({ payer: { ...payer, email } }),
  "payer.id_number": (id_number) => ({ payer: { ...payer, id_number } }),
  "payer.id_type": (id_type) => ({ payer: { ...payer, id_type } }),
  "payer.country": (country) => ({ payer: { ...payer, country } }),
  return_url: (text) => ({ payer, return_url: `https://shop.example/${text}` }),
  auth_code: (auth_code) => ({ payer, auth_code }),
  saved_method_id: (saved_method_id) => ({ payer, saved_method_id }),
  payment_mode: (payment_mode) => ({ payer, payment_mode }),
  payment_brand: (payment_brand) => ({ payer, payment_brand }),
  language: (language) => ({ payer, language }),
  "a field that nobody knows": (text) => ({ payer, [text]: { [text]: [text] } }),
}

const mocopay = mocopayUnderTest()

const gateways: Readonly<Record<string, WebhookReader & { sign(body: string): Headers }>> = {
  cashy: {
    webhooks: "signed",
    parseWebhook: (message) => readCashy(message, { apiKeys: [secret], references }),
    sign: (body) => ({ sign: signHeader(body, secret) }),
  },
  mocasa: {
    webhooks: "signed",
    parseWebhook: (message) =>
      readMocasa(message, { secrets: [secret], signatureEncoding: "base64", references }),
    sign: (body) => {
      const { orderNo, txStatus } = fieldsOf(body)
      return {
        signature: webhookDigest(String(orderNo), String(txStatus), secret).toString("base64"),
      }
    },
  },
  paymentz: {
    webhooks: "signed",
    parseWebhook: (message) => readPaymentz(message, { secureKeys: [secret], references }),
    sign: () => ({}),
  },
  mocopay: {
    webhooks: "unsigned",
    parseWebhook: (message) => mocopay.parseWebhook(message),
    sign: () => ({}),
  },
}

type Headers = Record<string, string>

/** What each gateway's message is made of, with the text in each of its fields, signed where that can be done. */
const messages: Readonly<Record<string, Record<string, (text: string) => Record<string, string>>>> =
  {
    cashy: {
      orderNo: (text) => ({ mchOrderNo: reference, orderNo: text, orderStatus: "SUCCESS" }),
      mchOrderNo: (text) => ({ mchOrderNo: text, orderNo: "P1", orderStatus: "SUCCESS" }),
      orderStatus: (text) => ({ mchOrderNo: reference, orderNo: "P1", orderStatus: text }),
      amount: (text) => ({ mchOrderNo: reference, orderNo: "P1", orderStatus: "S", amount: text }),
    },
    mocasa: {
      orderNo: (text) => ({ orderNo: text, txStatus: "success" }),
      txStatus: (text) => ({ orderNo: reference, txStatus: text }),
      amount: (text) => ({ orderNo: reference, txStatus: "success", amount: text }),
    },
    paymentz: {
      status: (text) => signedByPaymentz({ status: text }),
      amount: (text) => signedByPaymentz({ amount: text }),
      paymentId: (text) => signedByPaymentz({ paymentId: text }),
      merchantTransactionId: (text) => signedByPaymentz({ merchantTransactionId: text }),
    },
    mocopay: {
      referenceId: (text) => ({ referenceId: text, sessionId: "S1", status: "PaymentComplete" }),
      sessionId: (text) => ({ referenceId: reference, sessionId: text }),
      status: (text) => ({ referenceId: reference, sessionId: "S1", status: text }),
      chargedAmount: (text) => ({ referenceId: reference, sessionId: "S1", chargedAmount: text }),
    },
  }

function signedByPaymentz(change: Record<string, string>): Record<string, string> {
  const notice = {
    paymentId: "54289",
    merchantTransactionId: reference,
    amount: "10.00",
    transactionStatus: "Y",
    status: "capturesuccess",
    ...change,
  }
  return { ...notice, checksum: callbackDigest(notice, secret).toString("hex") }
}

function fieldsOf(body: string): Record<string, unknown> {
  try {
    const fields: unknown = JSON.parse(body)
    return isPlainObject(fields) ? fields : {}
  } catch {
    return Object.fromEntries(new URLSearchParams(body))
  }
}

/** As the webhook's route reads it, with what is kept of the body for a person to look at. */
function readMessage(gateway: string, body: string): unknown {
  const reader = gateways[gateway]
  if (!reader) {
    throw new RangeError(`there is no gateway ${gateway}`)
  }
  const rawBody = Buffer.from(body)
  const headers = reader.sign(body)
  const decision = admitWebhook({ method: "POST", rawBody, headers }, reader)
  return decision.type === "accepted"
    ? { event: decision.event, body: maskedBody(rawBody) }
    : maskedBody(rawBody)
}

const webhookReaders = Object.entries(messages).flatMap(([gateway, fields]): StrangersReader[] => [
  {
    name: `${gateway}: a message`,
    most: messageSize,
    read: (text) => readMessage(gateway, text),
  },
  ...Object.entries(fields).flatMap(([field, bodyOf]) => [
    {
      name: `${gateway}: ${field} of a message as JSON`,
      most: messageSize,
      read: (text: string) => readMessage(gateway, JSON.stringify(bodyOf(text))),
    },
    {
      name: `${gateway}: ${field} of a message as a form`,
      most: messageSize,
      read: (text: string) => readMessage(gateway, new URLSearchParams(bodyOf(text)).toString()),
    },
  ]),
])

/** As the route reads what the browser brings back: only what names an order of ours goes on. */
function readReturn(fields: Record<string, string>): unknown {
  const readings = [mocopay.parseReturn?.(fields), readPaymentzReturn(fields)]
  return [...readings, { reference: fields.reference }].filter(
    (read) => read?.reference !== undefined && parseOrderReference(read.reference) !== undefined
  )
}

const returnFields = ["reference", "referenceId", "sessionId", "sid", "paymentId", "desc", "status"]

/** As the guard before all routes reads a request. */
function readRequest(request: { path?: string; query?: unknown; body?: unknown }): unknown {
  const req = Object.assign(Object.create(null), {
    originalUrl: request.path ?? "/",
    query: request.query ?? {},
    body: request.body,
  })
  let refusal: unknown
  storableRequest(req, Object.create(null), (error?: unknown) => {
    refusal = error
  })
  if (refusal !== undefined) {
    throw refusal
  }
  return request
}

function readBody(schema: ZodType, body: unknown): unknown {
  readRequest({ body })
  const { success, data } = schema.safeParse(body)
  return success ? data : undefined
}

const transfer = {
  beneficiary_id: "pobf_1",
  amount: "10.00",
  currency_code: "PHP",
  purpose: "May",
}

const adminBodies: Readonly<Record<string, (text: string) => unknown>> = {
  "a transfer's purpose": (purpose) =>
    readBody(AdminCreatePayoutTransfer, { ...transfer, purpose }),
  "a transfer's amount": (amount) => readBody(AdminCreatePayoutTransfer, { ...transfer, amount }),
  "a transfer's idempotency key": (idempotency_key) =>
    readBody(AdminCreatePayoutTransfer, { ...transfer, idempotency_key }),
  "a beneficiary's fields": (text) =>
    readBody(AdminCreatePayoutBeneficiary, {
      provider_id: "po_mocasa_main",
      name: text,
      kind: "business",
      email: text,
      phone: text,
      account: { [text]: text },
    }),
  "a note": (note) => readBody(AdminCloseException, { note }),
  "the order that money is attached to": (order_id) => readBody(AdminAttachException, { order_id }),
  "a refund made elsewhere": (text) =>
    readBody(AdminRecordRefundElsewhere, { payment_id: text, amount: text, note: text }),
}

/** Every place where a stranger's text is read: a new one is one line here, for growth and fuzz alike. */
export const readers: readonly StrangersReader[] = [
  ...Object.entries(sessionFields).map(([field, dataOf]) => ({
    name: `a payment session's data: ${field}`,
    most: bodySize,
    read: (text: string) => readSessionData(dataOf(text)),
  })),
  {
    name: "a payment session's data: as JSON",
    most: bodySize,
    read: (text) => readSessionData(fieldsOf(text)),
  },
  ...webhookReaders,
  ...returnFields.map((field) => ({
    name: `a shopper's return: ${field}`,
    most: addressSize,
    read: (text: string) => readReturn({ reference, referenceId: reference, [field]: text }),
  })),
  { name: "an id in an address", most: addressSize, read: (path) => void readRequest({ path }) },
  {
    name: "a query",
    most: addressSize,
    read: (q) => readRequest({ query: { q, id: [q], created_at: { $gt: q } } }),
  },
  { name: "a body", most: bodySize, read: (text) => readRequest({ body: fieldsOf(text) }) },
  ...Object.entries(adminBodies).map(([name, read]) => ({
    name: `an admin's body: ${name}`,
    most: bodySize,
    read,
  })),
  { name: "a file of payouts", most: fileSize, read: (csv) => void readImportFile(csv) },
  {
    name: "a file of payouts: a purpose",
    most: fileSize,
    read: (text) =>
      readImportFile(`beneficiary_id,amount,currency_code,purpose\npobf_1,10.00,PHP,${text}`).lines,
  },
  {
    name: "a file of payouts: with semicolons",
    most: fileSize,
    read: (text) =>
      readImportFile(
        `sep=;\niznos;valuta;svrha;šifra primatelja;;\n${text}\n1.500,00;EUR;${text};pobf_1`
      ).lines,
  },
  {
    name: "a file of payouts: an account number",
    most: fileSize,
    read: (text) =>
      readImportFile(
        `beneficiary_id,amount,currency_code,purpose,account_number\npobf_1,10.00,PHP,May,"${text.replaceAll('"', '""')}"`
      ).lines,
  },
  ...(["utf16le", "latin1"] as const).map((encoding) => ({
    name: `a file of payouts: its bytes as ${encoding}`,
    most: fileSize,
    read: (text: string) =>
      readImportFile(Buffer.from(`beneficiary_id,amount,currency_code,purpose\n${text}`, encoding))
        .lines,
  })),
  {
    name: "the refused lines of a file of payouts",
    most: fileSize,
    read: (text) => {
      const file = readImportFile(`beneficiary_id,amount,currency_code,purpose,\n${text}`)
      void refusedLines(file, file.problems)
    },
  },
  {
    name: "whom a line of a file says that it pays",
    most: fileSize,
    read: (text) =>
      void statedMismatches(
        { beneficiary_name: text, account_number: text },
        { id: "pobf_1", name: "Ana", account_number: "0300" }
      ),
  },
  ...(["words", "number", "key"] as const).map((kind) => ({
    name: `people's text: ${kind}`,
    most: bodySize,
    read: (text: string) => readText(text, kind, bodySize).text,
  })),
  {
    name: "people's text: the fields of an account",
    most: bodySize,
    read: (text) =>
      checkAccount(
        { account_number: text },
        {
          accountFields: [{ name: "account_number", title: "Account", required: true }],
          identityFields: [],
        }
      ),
  },
  { name: "people's text: compared", most: bodySize, read: (text) => void comparableText(text) },
  {
    name: "a file of payouts: its heading",
    most: fileSize,
    read: (text) => readImportFile(`${text}\npobf_1,10.00,PHP,May`).lines,
  },
  { name: "a reference", most: addressSize, read: (text) => void parseOrderReference(text) },
  { name: "a payout's reference", most: addressSize, read: (text) => void isPayoutReference(text) },
  { name: "words for a log", most: bodySize, read: (text) => printableText(text) },
]
