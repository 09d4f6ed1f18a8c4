import { type Answer, connectTo, FakeGateway } from "../../shared/__tests__/fake-gateway"
import { Secret } from "../../shared/secret"
import { MocopayClient } from "../client"
import { mocopayGateway, readGatewayError } from "../errors"
import type { MocopayCredentials } from "../request-signature"

type Request = {
  method: string | undefined
  path: string
  /** Path and query, byte for byte. */
  target: string
  query: Record<string, string>
  signature: string | string[] | undefined
  accept: string | undefined
  contentType: string | undefined
  contentLength: string | undefined
  body: string
}

export class MocopayServer extends FakeGateway<Request> {
  /** Answers verifyPayment by what it is asked for, in place of the queue. */
  sessions: Record<string, Answer> | undefined

  constructor() {
    super({
      read: ({ method, path, target, query, headers, contentType, body }) => ({
        method,
        path,
        target,
        query,
        signature: headers.signature,
        accept: headers.accept,
        contentType,
        contentLength: headers["content-length"],
        body,
      }),
    })
    this.answerFor = ({ path, query }) =>
      this.sessions && path.endsWith("/verifyPayment")
        ? (this.sessions[query.sessionId ?? query.userId ?? ""] ?? unknownSession)
        : undefined
  }
}

/** The key and the secret of the vendor's worked example. */
export const credentials: MocopayCredentials = {
  apiKey: "app1",
  secret: Secret.of("this.is.a.secret"),
  signaturePrefix: "ApiKey",
  signatureAlgorithm: "md5",
}

export async function startClient() {
  const server = new MocopayServer()
  const http = await connectTo(server, {
    gateway: mocopayGateway,
    readGatewayError,
  })
  return { server, client: new MocopayClient(http, credentials) }
}

export const unknownSession: Answer = { status: 404, body: { message: "No such session" } }

export const reference = "01JQ7ZK3V5W8X9Y0A1B2C3D4E50"
export const sessionId = "8903cf28aa3940f0b31d699fea5aa7ff"
export const redirectUrl =
  "http://checkout.mocopay.com/paymentService/init.html?trn=123&exp=127362736211&hash=deiuheiehfc89cicssic9j9sc"

/** A payment of ours, paid once with 10 EUR, with all the fields of the vendor's example. */
export const paidSession = {
  sessionId,
  serviceCode: "PS-000-002",
  pid: "PP27638049",
  type: "onetime",
  endUser: { userId: reference, phone: "0099923026", mcc: "999", mnc: "99" },
  lang: "hr",
  series: 1,
  status: "PaymentComplete",
  chargedAmount: 10,
  failedAmount: 0,
  lastChargedAmount: 10,
  lastFailedAmount: 0,
  totalChargedAmount: 10,
  totalFailedAmount: 0,
  currencyCode: "EUR",
  recurrent: false,
  expiresIn: -115392,
  timeInit: "2014-04-02 14:34:53",
  timeAuthorized: "2014-04-02 14:35:29",
  timeLastSuccessfullPayment: "2014-04-02 14:35:30",
  transactions: ["ad22a2c458dc4bafbf81de733af21d27"],
}

/** The same before anything was charged. */
export const unpaidSession = {
  ...paidSession,
  status: "Authorized",
  chargedAmount: 0,
  lastChargedAmount: 0,
  totalChargedAmount: 0,
  timeLastSuccessfullPayment: null,
  transactions: [],
}
