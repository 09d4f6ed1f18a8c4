import type { PayoutCapabilities } from "../../../modules/payout/provider"
import { orderProblem } from "../order-problem"

const capabilities: PayoutCapabilities = {
  currencies: { php: 2, pkr: 0 },
  idempotentReference: false,
  webhooks: "signed",
  accountFields: [
    { name: "account_number", title: "Account", required: true, pattern: /^\d+$/, hint: "digits" },
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
  ["a currency that the gateway does not take", { currencyCode: "usd" }, /USD can't be sent.*PHP/],
  ["a word of JavaScript's for a currency", { currencyCode: "constructor" }, /can't be sent/],
  ["too many places", { amount: "1500.001" }, /at most 2 decimal places/],
  ["places where there are none", { amount: "1.50", currencyCode: "pkr" }, /at most 0/],
  ["nothing", { amount: "0.00" }, /above zero/],
  ["less than nothing", { amount: "-1" }, /above zero/],
  ["no amount", { amount: "much" }, /above zero/],
  ["no account", { account: {} }, /account_number \(Account\) is missing/],
  ["an account of blanks", { account: { account_number: " " } }, /is missing/],
  ["an account that is none", { account: { account_number: "secret-1" } }, /can't be used: digits/],
])("a transfer with %s can never be sent", (_what, change, sentence) => {
  expect(problem(change)).toMatch(sentence)
  expect(problem(change)).not.toContain("secret-1")
})

it("a transfer can be sent with zeros behind its places, and without what is not asked for", () => {
  expect(problem({})).toBeUndefined()
  expect(problem({ amount: "1500.0000" })).toBeUndefined()
})
