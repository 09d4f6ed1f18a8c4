import crypto from "node:crypto"
import { signHeader } from "../../cashy/signature"
import { readWebhook as readCashy } from "../../cashy/webhook"
import { webhookDigest } from "../../mocasa/signature"
import { readWebhook as readMocasa } from "../../mocasa/webhook"
import { callbackDigest } from "../../paymentz/signature"
import { readWebhook as readPaymentz } from "../../paymentz/webhook"
import { Secret } from "../secret"

const secret = Secret.of("test_key")
const references = { isOrder: () => true, isPayout: () => false }

/** How each gateway that signs its messages reads one of its own, whose signature was changed. */
const gateways = {
  mocasa: (change: Change) => {
    const signature = webhookDigest("1", "SUCCESS", secret).toString("base64")
    return readMocasa(
      message({ orderNo: "1", txStatus: "SUCCESS" }, { signature: change(signature) }),
      { secrets: [secret], signatureEncoding: "base64", references }
    )
  },
  cashy: (change: Change) => {
    const body = { orderNo: "1", mchOrderNo: "1", orderStatus: "SUCCESS" }
    return readCashy(message(body, { sign: change(signHeader(JSON.stringify(body), secret)) }), {
      apiKeys: [secret],
      references,
    })
  },
  paymentz: (change: Change) => {
    const texts = {
      paymentId: "1",
      merchantTransactionId: "1",
      amount: "1.00",
      transactionStatus: "Y",
    }
    const checksum = change(callbackDigest(texts, secret).toString("hex"))
    return readPaymentz(message({ ...texts, checksum }, {}), { secureKeys: [secret], references })
  },
}

type Change = (signature: string) => string

function message(body: Record<string, string>, headers: Record<string, string>) {
  return { rawBody: Buffer.from(JSON.stringify(body)), headers }
}

const changes: Record<string, Change> = {
  first: (text) => (text.startsWith("a") ? "b" : "a") + text.slice(1),
  middle: (text) => `${text.slice(0, 9)}${text[9] === "a" ? "b" : "a"}${text.slice(10)}`,
}

afterEach(() => jest.restoreAllMocks())

describe.each(Object.entries(gateways))("the signature of a message of %s", (_name, read) => {
  it("is right as it is made here", () => {
    expect(read((signature) => signature)).toMatchObject({ type: "event" })
  })

  it.each(Object.keys(changes))(
    "is compared in a time that does not tell where it is wrong: at the %s letter",
    (place) => {
      const compare = jest.spyOn(crypto, "timingSafeEqual")
      expect(read(changes[place]!)).toEqual({ type: "forged" })
      const compared = compare.mock.calls.map(([one, other]) => [one.byteLength, other.byteLength])
      expect(compared.length).toBeGreaterThan(0)
      expect(compared.every(([one, other]) => one === other)).toBe(true)
    }
  )
})
