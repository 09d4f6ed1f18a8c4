import { inspect } from "node:util"
import { failure } from "../../shared/__tests__/fake-gateway"
import { GatewayDeclinedError } from "../../shared/errors"
import { checkoutAmount, wireAmount } from "../client"
import { inquire } from "../payments"
import { record, withCode, startClient, type PaymentzServer, token } from "./fake-paymentz"

describe("token", () => {
  const hour = 60 * 60_000
  /** Calls that may pass until a token that is fetched beside them is there. */
  const patience = 1_000

  let started: Awaited<ReturnType<typeof startClient>>
  let server: PaymentzServer
  let now: number

  beforeEach(async () => {
    now = 0
    started = await startClient({}, () => now)
    ;({ server } = started)
    server.answers = [record()]
  })

  const ask = () => inquire(started.client, { paymentId: "54289" }, "payments")
  const used = () => server.calls.map(({ authToken }) => authToken)
  const tokenPaths = () => server.tokenCalls.map(({ path }) => path.split("/").at(-1))

  describe("the token", () => {
    it.each([
      ["is refused", withCode("10001", {}, "Invalid partner")],
      ["names none", { body: { result: { code: "200" } } }],
      ["names an empty one", token("")],
      ["is a page", { body: "<html></html>" }],
    ])(
      "is not used where the answer %s, and the call is surely not sent",
      async (_what, answer) => {
        server.tokens.push(answer)
        expect(await failure(ask)).toMatchObject({ outcome: "not_sent", reason: "no_token" })
        expect(server.calls).toEqual([])
      }
    )

    it("is asked for with the partner, the login and the secure key, in a form", async () => {
      await ask()
      expect(server.tokenCalls).toMatchObject([
        {
          target: "/transactionServices/REST/v1/authToken",
          method: "POST",
          contentType: "application/x-www-form-urlencoded",
          authToken: undefined,
          form: {
            "authentication.partnerId": "39",
            "merchant.username": "shop",
            "authentication.sKey": "test_key",
          },
        },
      ])
    })

    it("is used again while it lives, by all who call", async () => {
      await Promise.all([ask(), ask()])
      now = hour / 2
      await ask()
      expect(tokenPaths()).toEqual(["authToken"])
      expect(used()).toEqual(["token-1", "token-1", "token-1"])
    })

    it("is made of the old one while that still lives", async () => {
      await ask()
      now = hour * 0.9
      do {
        await ask()
      } while (used().at(-1) === "token-1" && used().length < patience)
      expect(server.tokenCalls[1]).toMatchObject({
        target: "/transactionServices/REST/v1/regenerateToken",
        form: { "authentication.partnerId": "39", authToken: "token-1" },
      })
      expect([...new Set(used())]).toEqual(["token-1", "token-2"])
      expect(used().slice(0, 2)).toEqual(["token-1", "token-1"])
    })

    it("is fetched anew where the old one can't be renewed", async () => {
      await ask()
      server.tokens.push(withCode("10001"))
      now = hour * 0.9
      do {
        await ask()
      } while (tokenPaths().length < 3 && used().length < patience)
      expect(tokenPaths()).toEqual(["authToken", "regenerateToken", "authToken"])
    })

    it("is fetched anew after the old one has died", async () => {
      await ask()
      now = hour
      await ask()
      expect(tokenPaths()).toEqual(["authToken", "authToken"])
    })

    it("is fetched anew after HTTP 401, because nothing can be made of a dead one", async () => {
      server.answers = [{ status: 401, body: "" }, record()]
      await ask()
      expect(tokenPaths()).toEqual(["authToken", "authToken"])
      expect(used()).toEqual(["token-1", "token-2"])
    })

    it("is not fetched a third time where it is rejected again", async () => {
      server.answers = [{ status: 401, body: { result: { code: "401", description: "Expired" } } }]
      const error = await failure(ask)
      expect(error).toMatchObject({ reason: "unauthorized", gatewayMessage: "Expired" })
      expect(server.calls).toHaveLength(2)
    })

    it("is not shown in an error, nor is the key", async () => {
      server.answers = [withCode("10002")]
      const error = inspect(await failure(ask), { depth: 10, showHidden: true })
      expect(error).not.toMatch(/token-1|test_key/)
    })
  })
})

describe("wire amount", () => {
  const refused = (call: () => unknown) => expect(call).toThrow(GatewayDeclinedError)

  describe("an amount on the wire", () => {
    it.each([
      ["a third decimal that is not zero", "1.001"],
      ["a third decimal that would round up", "1.239"],
    ])("is never rounded: it is refused with %s", (_what, amount) => {
      refused(() => wireAmount("refund", amount))
    })

    it.each([
      ["100", "100.00"],
      ["0.01", "0.01"],
      ["1.230", "1.23"],
      ["1234567.89", "1234567.89"],
      ["123456789012.5", "123456789012.50"],
    ])("has two decimals whatever the currency: %s is %s", (amount, written) => {
      expect(wireAmount("pay", amount)).toBe(written)
    })
  })

  describe("an amount on the hosted page", () => {
    it("is refused with nine digits before the point, and the sentence says so", () => {
      refused(() => checkoutAmount("100000000"))
      expect(() => checkoutAmount("100000000.00")).toThrow(/more than 8 digits before the point/)
    })

    it("may have eight", () => {
      expect(checkoutAmount("99999999.99")).toBe("99999999.99")
    })
  })
})
