/**
 * Messages as each gateway of this package sends them, with a true signature where it signs: for tests, and to try whether a
 * running shop takes them. A message moves no money: it is only a reason to ask the gateway.
 */

import { signHeader } from "../gateways/cashy/signature"
import { type MocasaSignatureEncoding, webhookDigest } from "../gateways/mocasa/signature"
import { callbackDigest } from "../gateways/paymentz/signature"
import { parseOptions } from "../providers/base/options"
import { cashy } from "../providers/cashy/gateway"
import { mocasa } from "../providers/mocasa/gateway"
import { paymentz } from "../providers/paymentz/gateway"

/** What a message tells of. */
export type ToldOrder = {
  reference: string
  /** The gateway's own number, where it is known. */
  gatewayId: string | null
  /** Major units, as a text with the gateway's decimals. */
  amount: string
  /** Such as `success`; letters, `_` and `-` are taken of every gateway, at most 40. */
  status: string
}

export type SignedMessage = {
  method: "GET" | "POST"
  headers: Readonly<Record<string, string>>
  /** Of a GET its query. */
  body: string
}

/**
 * @param identifier of the gateway, such as `mocasa`
 * @param options as the shop's config has them
 * @returns undefined for a gateway that sends no messages, or is not of this package
 * @throws MedusaError invalid_data where the options can't be used
 */
export function signedMessage(
  identifier: string,
  options: unknown,
  order: ToldOrder
): SignedMessage | undefined {
  switch (identifier) {
    case "mocasa":
      return mocasaMessage(options, order)
    case "mocopay":
      return mocopayMessage(order)
    case "cashy":
      return cashyMessage(options, order)
    case "paymentz":
      return paymentzMessage(options, order)
    default:
      return undefined
  }
}

const json = { "content-type": "application/json" }

function mocasaMessage(
  options: unknown,
  { reference, amount, status: txStatus }: ToldOrder
): SignedMessage {
  const { webhookSecret, clientSecret, signatureEncoding } = parseOptions(mocasa, options)
  const digest = webhookDigest(reference, txStatus, webhookSecret ?? clientSecret)
  return {
    method: "POST",
    headers: { ...json, signature: written(digest, signatureEncoding) },
    body: JSON.stringify({ orderNo: reference, txStatus, amount: Number(amount) }),
  }
}

function written(digest: Buffer, encoding: MocasaSignatureEncoding): string {
  switch (encoding) {
    case "base64":
      return digest.toString("base64")
    case "base64-of-hex":
      return Buffer.from(digest.toString("hex")).toString("base64")
  }
}

/** Nobody signs it. */
function mocopayMessage({ reference, gatewayId, status }: ToldOrder): SignedMessage {
  const body = new URLSearchParams({
    referenceId: reference,
    ...(gatewayId === null ? {} : { sessionId: gatewayId }),
    status,
  }).toString()
  return { method: "GET", headers: {}, body }
}

function cashyMessage(
  options: unknown,
  { reference, gatewayId, amount, status }: ToldOrder
): SignedMessage {
  const { apiKey, merchantId } = parseOptions(cashy, options)
  const body = JSON.stringify({
    mchOrderNo: reference,
    orderNo: gatewayId ?? reference,
    orderStatus: status,
    amount,
  })
  return {
    method: "POST",
    headers: { ...json, merchantid: merchantId, sign: signHeader(body, apiKey) },
    body,
  }
}

/** Without the number of a payment it is signed with the text `null` in its place, as one that never began is. */
function paymentzMessage(
  options: unknown,
  { reference: merchantTransactionId, gatewayId, amount, status: transactionStatus }: ToldOrder
): SignedMessage {
  const { secureKey } = parseOptions(paymentz, options)
  const signed = {
    paymentId: gatewayId ?? "null",
    merchantTransactionId,
    amount,
    transactionStatus,
  }
  const checksum = callbackDigest(signed, secureKey).toString("hex")
  const told = { merchantTransactionId, amount, transactionStatus, checksum }
  return {
    method: "POST",
    headers: json,
    body: JSON.stringify(gatewayId === null ? told : { ...told, paymentId: gatewayId }),
  }
}
