import { Axios } from "axios"
import { CashyPayoutProvider } from "../../payout-providers/cashy/provider"
import { MocasaPayoutProvider } from "../../payout-providers/mocasa/provider"
import { PaymentzPayoutProvider } from "../../payout-providers/paymentz/provider"
import { CashyPaymentProvider } from "../cashy"
import { cashy } from "../cashy/gateway"
import { kess } from "../kess/gateway"
import { mocasa } from "../mocasa/gateway"
import { mocopay } from "../mocopay/gateway"
import { paymentz } from "../paymentz/gateway"
import { rightOptions } from "../paymentz/__tests__/gateway-under-test"
import { refusalOf } from "../../shared/__tests__/refusal"
import { parseOptions } from "../base/options"
import type { GatewayDefinition } from "../base/gateway"

const tools = { now: () => new Date(), onCall: () => undefined }
const logger = { debug: () => undefined, warn: () => undefined }

function built<Options>(definition: GatewayDefinition<Options>, own: object) {
  return (calls: object) => definition.build(parseOptions(definition, { ...own, ...calls }), tools)
}

const baseUrl = "https://api.gateway.example"
const returnUrl = "https://shop.example/return"
const mocasaAccount = { baseUrl, clientKey: "k", clientSecret: "s" }
const cashyAccount = { baseUrl, merchantId: "1002001", apiKey: "k", currency: "PKR" }
const cashyPayments = {
  ...cashyAccount,
  payType: 36,
  notifyUrl: "https://shop.example/hooks/payment/cashy_cashy",
}
const kessAccount = {
  baseUrl,
  username: "shop",
  password: "p",
  storeId: "109038",
  serviceId: 30,
  mode: "native",
  currency: "usd",
}
const products = [{ pid: "P", amount: "5", currency: "EUR" }]
const paymentzPayouts = {
  baseUrl,
  memberId: "11344",
  secureKey: "k",
  partnerId: "39",
  username: "shop",
  merchantEmail: "shop@example.test",
  currencies: { usd: 2 },
}
const notifyUrl = "https://shop.example/hooks/payout/cashy_main"

const every: [string, (calls: object) => unknown][] = [
  ["Mocasa", built(mocasa, { ...mocasaAccount, returnUrl })],
  ["MoCoPay", built(mocopay, { baseUrl, apiKey: "k", secret: "s", products })],
  ["KESS", built(kess, kessAccount)],
  ["Cashy", built(cashy, cashyPayments)],
  ["Paymentz", built(paymentz, { ...rightOptions, baseUrl })],
  [
    "Mocasa's payouts",
    (calls) => new MocasaPayoutProvider({ logger }, { ...mocasaAccount, ...calls }),
  ],
  [
    "Cashy's payouts",
    (calls) => new CashyPayoutProvider({ logger }, { ...cashyAccount, notifyUrl, ...calls }),
  ],
  [
    "Paymentz' payouts",
    (calls) => new PaymentzPayoutProvider({ logger }, { ...paymentzPayouts, ...calls }),
  ],
]

describe("the options of calls", () => {
  it.each(every)("%s: hand the shop the axios instance, and take a proxy", (_, build) => {
    const configureHttp = jest.fn()
    build({ configureHttp, proxy: "http://shop:word@proxy.example:3128" })
    expect(configureHttp.mock.calls).toEqual([[expect.any(Axios)]])
  })

  it.each([
    [
      "proxy",
      "",
      "is empty. It is the address of your HTTP proxy, such as http://proxy.example:3128",
    ],
    [
      "proxy",
      "proxy.example:3128",
      "must be the address of an HTTP proxy, such as http://proxy.example:3128",
    ],
    [
      "proxy",
      "socks5://proxy.example",
      "must be the address of an HTTP proxy, such as http://proxy.example:3128",
    ],
    [
      "proxy",
      "http://marked-word@proxy.example/path",
      "must be the address of an HTTP proxy, such as http://proxy.example:3128",
    ],
    ["configureHttp", "marked-word", "must be a function that is given an axios instance"],
  ])(
    "are explained where they can't be used, without a value: %s %j",
    (option, value, sentence) => {
      const { message } = refusalOf(() =>
        CashyPaymentProvider.validateOptions({ ...cashyPayments, [option]: value })
      )
      expect(message.split("\n").slice(1)).toEqual([`- ${option}: ${sentence}`])
    }
  )
})
