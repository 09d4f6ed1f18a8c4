import { createHash } from "node:crypto"

export type MocasaMessage = {
  headers: Readonly<Record<string, string>>
  body: string
}

/** A webhook as Mocasa itself sends it (Mocasa, Webhook); `fields` come on top of what is signed. */
export function mocasaMessage(
  orderNo: string,
  txStatus: "success" | "failed",
  webhookSecret: string,
  fields: Readonly<Record<string, unknown>> = {}
): MocasaMessage {
  const signature = createHash("sha256")
    .update(`${orderNo}|${txStatus}|${webhookSecret}`)
    .digest("base64")
  return {
    headers: { "content-type": "application/json", signature },
    body: JSON.stringify({ orderNo, txStatus, ...fields }),
  }
}
