import {
  GatewayDeclinedError,
  GatewayNotSentError,
  GatewayUnknownError,
} from "../../../gateways/shared/errors"
import type { PayoutCapabilities } from "../../../modules/payout/provider"
import {
  failedToAsk,
  failedToRegister,
  failedToSend,
  orderProblem,
  personalOf,
  withoutPersonal,
} from "../outcomes"

describe("payout failure", () => {
  const call = { gateway: "Acme", operation: "send" }
  const gatewayError = { code: "E1", gatewayMessage: "No" }
  const unreachable = new GatewayNotSentError({ ...call, reason: "refused" })
  const noToken = new GatewayNotSentError({ ...call, reason: "no_token", ...gatewayError })
  const declined = new GatewayDeclinedError({ ...call, ...gatewayError })
  const unauthorized = new GatewayDeclinedError({ ...call, reason: "unauthorized" })
  const lost = new GatewayUnknownError({ ...call, reason: "headers_timeout" })
  const fault = new TypeError("account 12345 is odd")

  describe("a transfer whose call failed", () => {
    it.each([
      ["a final no", declined, "failed"],
      ["a connection that was refused", unreachable, "not_sent"],
      ["no token", noToken, "not_sent"],
      ["credentials that are not taken", unauthorized, "not_sent"],
      ["no answer", lost, "unknown"],
      ["a fault of our own", fault, "unknown"],
    ])("with %s is %s", (_what, error, outcome) => {
      expect(failedToSend(error).outcome).toBe(outcome)
    })

    it("that is refused because there is too little to send says so, and no other one does", () => {
      const tooLow = new GatewayDeclinedError({ ...call, reason: "low_balance" })
      expect(failedToSend(tooLow)).toMatchObject({ outcome: "failed", isBalanceTooLow: true })
      expect(failedToSend(declined)).not.toHaveProperty("isBalanceTooLow")
    })

    it("tells which options to look at, and where their values are, where the gateway does not accept the shop", () => {
      const subject = {
        title: "Acme",
        setUp: { credentials: ["id", "key"], whereCredentials: "See Keys", whereBaseUrl: "Ask" },
      }
      for (const tell of [failedToSend, failedToAsk]) {
        expect(tell(unauthorized, subject).message).toMatch(/Check id and key of .*See Keys$/)
        expect(tell(lost, subject).message).toBe(tell(lost).message)
      }
      expect(failedToRegister(unauthorized, "Look there", subject).message).toMatch(
        /Check id and key/
      )
    })

    it("tells the gateway's code and words, or what went wrong in ours", () => {
      expect(failedToSend(declined)).toEqual({ outcome: "failed", code: "E1", message: "No" })
      expect(failedToSend(lost).message).toMatch(/did not begin to answer in time/)
    })

    it("tells of a fault of our own no more than its kind", () => {
      expect(failedToSend(fault).message).toBe("the call broke off: TypeError")
    })
  })

  describe("a question that failed", () => {
    it.each([declined, unauthorized, unreachable, lost, fault])(
      "says nothing about the transfer: %p",
      (error) => {
        expect(failedToAsk(error).outcome).toBe("unknown")
      }
    )
  })

  describe("a beneficiary whose call failed", () => {
    it.each([
      ["a final no", declined, "rejected", /^No$/],
      [
        "a connection that was refused",
        unreachable,
        "rejected",
        /Nothing was made: add it once more$/,
      ],
      ["credentials that are not taken", unauthorized, "rejected", /Nothing was made/],
      ["no answer", lost, "pending", /\. Look there$/],
      ["a fault of our own", fault, "pending", /TypeError\. Look there$/],
    ])("with %s is %s for the shop", (_what, error, status, message) => {
      expect(failedToRegister(error, "Look there")).toMatchObject({
        status,
        message: expect.stringMatching(message),
      })
    })
  })
})

describe("order problem", () => {
  const capabilities: PayoutCapabilities = {
    currencies: { php: 2, pkr: 0 },
    idempotentReference: false,
    webhooks: "signed",
    accountFields: [
      {
        name: "account_number",
        title: "Account",
        required: true,
        pattern: /^\d+$/,
        hint: "digits",
      },
      { name: "branch", title: "Branch", required: false },
    ],
    identityFields: [],
    tellsBalance: false,
    leaseMs: 1,
  }

  const order = {
    reference: "P01JQ7ZK3V5W8X9Y0A1B2C3D4E5",
    amount: "1500.00",
    currencyCode: "php",
    purpose: "Share",
    beneficiary: { name: "Juan", email: null, phone: null },
    account: { account_number: "123456" },
  }
  const problem = (change: object) => orderProblem({ ...order, ...change }, capabilities)

  it.each([
    [
      "a currency that the gateway does not take",
      { currencyCode: "usd" },
      /USD can't be sent.*PHP/,
    ],
    ["a word of JavaScript's for a currency", { currencyCode: "constructor" }, /can't be sent/],
    ["too many places", { amount: "1500.001" }, /at most 2 decimal places/],
    ["places where there are none", { amount: "1.50", currencyCode: "pkr" }, /at most 0/],
    ["nothing", { amount: "0.00" }, /above zero/],
    ["less than nothing", { amount: "-1" }, /above zero/],
    ["no amount", { amount: "much" }, /above zero/],
    ["no account", { account: {} }, /account_number \(Account\) is missing/],
    ["an account of blanks", { account: { account_number: " " } }, /is missing/],
    [
      "an account that is none",
      { account: { account_number: "secret-1" } },
      /can't be used: digits/,
    ],
  ])("a transfer with %s can never be sent", (_what, change, sentence) => {
    expect(problem(change)).toMatch(sentence)
    expect(problem(change)).not.toContain("secret-1")
  })

  it("a transfer can be sent with zeros behind its places, and without what is not asked for", () => {
    expect(problem({})).toBeUndefined()
    expect(problem({ amount: "1500.0000" })).toBeUndefined()
  })
})

describe("personal words", () => {
  const order = {
    reference: "P01JQ7ZK3V5W8X9Y0A1B2C3D4E5",
    amount: "1500.00",
    currencyCode: "php",
    purpose: "Share of May",
    beneficiary: { name: "Juan dela Cruz", email: "juan@example.test", phone: null },
    account: { account_number: "0300-1.23", account_type: "1" },
  }

  describe("a gateway's words", () => {
    it.each([
      ["the account", "no account 0300-1.23 here", "no account *** here"],
      ["the name, in other letters", "JUAN DELA CRUZ is blocked", "*** is blocked"],
      ["both, and twice", "Juan dela Cruz/0300-1.23/0300-1.23", "***/***/***"],
      ["the e-mail address", "juan@example.test bounced", "*** bounced"],
    ])("lose %s of the payee", (_what, message, kept) => {
      expect(withoutPersonal({ code: "E1", message }, personalOf(order))).toEqual({
        code: "E1",
        message: kept,
      })
    })

    it("lose it in the code as well", () => {
      expect(withoutPersonal({ code: "0300-1.23" }, personalOf(order))).toEqual({ code: "***" })
    })

    it("keep what is none of it: a sign of a number stands for itself, a type for nobody", () => {
      const message = "type 1, 0300-1423, reference P01JQ7ZK3V5W8X9Y0A1B2C3D4E5"
      expect(withoutPersonal({ message }, personalOf(order))).toEqual({ message })
    })

    it("lose an identity number that was passed on once, whole where a part stands elsewhere", () => {
      const personal = personalOf({
        name: "Juan",
        kind: "person",
        email: null,
        phone: null,
        shopName: null,
        account: {},
        identity: { id_number: "Juan-1234" },
      })
      const gatewayError = { message: "Juan-1234 of Juan" }
      expect(withoutPersonal(gatewayError, personal)).toEqual({ message: "*** of ***" })
    })

    it.each([
      "+923001234567",
      "0092 300 1234567",
      "0300-1234567",
      "0300 123 45 67",
      "(0300) 123.45.67",
      "3001234567",
      "003001234567",
      "0300–1234567",
      "0300_1234567",
      "0300,123,4567",
      "0300*123*4567",
      "0300\u00a0:\u00a01234567",
      "0300\u200b1234567",
      "0300…1234567",
      "X03001234567Y",
      "٠٣٠٠١٢٣٤٥٦٧", // Arabic digits
      "۰۳۰۰-۱۲۳۴۵۶۷", // as Urdu writes them
      "០៣០០១២៣៤៥៦៧", // Khmer
      "０３００1234567", // full width, in part
    ])("lose an account that the gateway writes as %p", (written) => {
      const personal = personalOf({ ...order, account: { account_number: "03001234567" } })
      const { message } = withoutPersonal({ message: `No account ${written}.` }, personal)
      expect(message).toMatch(/^No account [X(]?\*\*\*Y?\.$/)
    })

    it.each(["03001234567", "0300-1234567", "300 123 4567", "+92 (300) 1234567"])(
      "lose an account of the shop's with a country's prefix that the gateway writes as %p",
      (written) => {
        const personal = personalOf({ ...order, account: { account_number: "00923001234567" } })
        const { message } = withoutPersonal({ message: `No account ${written}.` }, personal)
        expect(message).toBe("No account ***.")
      }
    )

    it("lose it also where the shop wrote it in groups, and an IBAN in any groups", () => {
      const personal = personalOf({
        ...order,
        account: { account_number: "+92 300 1234567", iban: "PK36 SCBL 0000 0011 2345 6702" },
      })
      const message = "923001234567 or 92-300-1234567 or pk36scbl0000001123456702, code 4711"
      expect(withoutPersonal({ message }, personal)).toEqual({
        message: "*** or *** or ***, code 4711",
      })
    })

    it("lose the account within an IBAN, and the country's own form of it", () => {
      const personal = personalOf({ ...order, account: { iban: "HR12 1001 0051 8630 0016 0" } })
      const message = "1001005-1863000160 and 1863000160 and hr1210010051863000160, code 471100"
      expect(withoutPersonal({ message }, personal)).toEqual({
        message: "*** and *** and ***, code 471100",
      })
    })

    it("lose the number of an account that begins with its bank's letters, also without them", () => {
      const personal = personalOf({ ...order, account: { account_number: "ABA 0123456789" } })
      const message = "aba-0123456789 and 123 456 789 and 0123456789, code 471100"
      expect(withoutPersonal({ message }, personal)).toEqual({
        message: "*** and *** and ***, code 471100",
      })
    })

    it("stay as they are where nothing is known of the payee", () => {
      expect(withoutPersonal({ message: "No" }, [null, undefined, " "])).toEqual({ message: "No" })
    })
  })
})
