import {
  GatewayDeclinedError,
  GatewayNotSentError,
  GatewayUnknownError,
  type GatewayError,
} from "../../../gateways/shared/errors"
import { createAccessTokenSource } from "../../../gateways/shared/access-token"
import { notAvailable, errorTextForOwner, setUpAdvice } from "../errors"

const call = { gateway: "Acme Pay", operation: "createOrder" }
const subject = {
  title: "Acme Pay",
  setUp: {
    credentials: ["merchantId", "apiKey"],
    whereCredentials: "Look under Keys",
    whereBaseUrl: "Acme tells it",
  },
}

async function tokenError(cause: GatewayError): Promise<unknown> {
  const source = createAccessTokenSource({
    gateway: "Acme Pay",
    fetch: async () => await Promise.reject(cause),
  })
  return await source.withToken(async () => undefined).catch((error: unknown) => error)
}

const credentials: [string, GatewayError][] = [
  ["HTTP 401", new GatewayDeclinedError({ ...call, reason: "unauthorized", httpStatus: 401 })],
  ["the gateway's own word for it", new GatewayDeclinedError({ ...call, reason: "unauthorized" })],
  ["HTTP 403", new GatewayDeclinedError({ ...call, httpStatus: 403 })],
  [
    "HTTP 403 with a page",
    new GatewayUnknownError({ ...call, reason: "unreadable", httpStatus: 403, isForeign: true }),
  ],
]

const addresses: [string, GatewayError][] = [
  ["no such host", new GatewayNotSentError({ ...call, reason: "dns" })],
  ["another certificate", new GatewayUnknownError({ ...call, reason: "tls" })],
  ["a redirect", new GatewayUnknownError({ ...call, reason: "redirect", httpStatus: 302 })],
  [
    "a page",
    new GatewayUnknownError({ ...call, reason: "unreadable", httpStatus: 200, isForeign: true }),
  ],
  ["HTTP 404", new GatewayUnknownError({ ...call, reason: "unreadable", httpStatus: 404 })],
  ["HTTP 405", new GatewayDeclinedError({ ...call, httpStatus: 405 })],
]

const others: [string, GatewayError][] = [
  ["a host that is away", new GatewayNotSentError({ ...call, reason: "refused" })],
  ["a host that is slow", new GatewayUnknownError({ ...call, reason: "headers_timeout" })],
  [
    "a host that is broken",
    new GatewayUnknownError({ ...call, reason: "server_error", httpStatus: 502 }),
  ],
  ["a no", new GatewayDeclinedError({ ...call, httpStatus: 200 })],
  [
    "an order that is not found",
    new GatewayDeclinedError({ ...call, httpStatus: 404, isNotFound: true }),
  ],
  [
    "an answer of another shape",
    new GatewayUnknownError({ ...call, reason: "unreadable", httpStatus: 200 }),
  ],
]

describe("A failed call", () => {
  it.each(credentials)("is a matter of the credentials: %s", async (_what, error) => {
    const advice =
      "Acme Pay was reached and does not accept this shop. Check merchantId and apiKey of pp_acme_main in " +
      "medusa-config, and that baseUrl is the address that they are for. Look under Keys"
    expect(setUpAdvice(subject, error, "pp_acme_main")).toBe(advice)
    expect(setUpAdvice(subject, await tokenError(error), "pp_acme_main")).toBe(advice)
  })

  it("is a matter of the credentials where a token is refused, with whatever code", async () => {
    for (const refused of [
      new GatewayDeclinedError({ ...call, gatewayMessage: "user or password is wrong" }),
      new GatewayUnknownError({ ...call, reason: "unlisted_code", code: "E77" }),
    ]) {
      expect(setUpAdvice(subject, refused, "pp_acme_main")).toBeUndefined()
      expect(setUpAdvice(subject, await tokenError(refused))).toMatch(
        /does not accept this shop\. Check merchantId and apiKey of the provider of Acme Pay/
      )
    }
  })

  it.each(addresses)("is a matter of the address: %s", async (_what, error) => {
    const advice =
      "What there is at baseUrl does not answer as Acme Pay. Check baseUrl of pp_acme_main in medusa-config. Acme tells it"
    expect(setUpAdvice(subject, error, "pp_acme_main")).toBe(advice)
    expect(setUpAdvice(subject, await tokenError(error), "pp_acme_main")).toBe(advice)
  })

  it.each(others)("is no matter of the set-up: %s", async (_what, error) => {
    expect(setUpAdvice(subject, error)).toBeUndefined()
    expect(errorTextForOwner(subject, error).message).toBe(error.message)
  })

  it("is told to the owner with what to do, and to a shopper without the gateway's words", () => {
    const error = new GatewayDeclinedError({
      ...call,
      reason: "unauthorized",
      code: "E1",
      gatewayMessage: "password is wrong",
    })
    expect(errorTextForOwner(subject, error, "pp_acme_main")).toEqual({
      code: "E1",
      message: expect.stringMatching(
        /^password is wrong\. Acme Pay was reached and .*pp_acme_main/
      ),
    })
    expect(notAvailable("Acme Pay", "01J9").message).toBe(
      "Acme Pay is not available now. Nothing was charged. Choose another way to pay. Our reference: 01J9"
    )
  })
})
