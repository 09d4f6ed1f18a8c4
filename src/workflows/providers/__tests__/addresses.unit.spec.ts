import { configuredProviders } from "../../../providers/registry"
import { addressesOf, addressProblem } from "../addresses"

const backend = "https://api.shop.example/"

function provider(gateway: string, options: object) {
  const resolve = `medusa-regional-payments/providers/${gateway}`
  const providers = [{ resolve, id: "main", options }]
  return configuredProviders({ modules: { payment: { options: { providers } } } })[0]!
}

const mocasa = {
  baseUrl: "https://mocasa.example",
  clientKey: "k",
  clientSecret: "s",
  returnUrl: "https://shop.example/done",
}
const mocopay = { apiKey: "k", secret: "s", products: [{ pid: "P", amount: "1", currency: "EUR" }] }
const kess = {
  baseUrl: "https://kess.example",
  username: "u",
  password: "p",
  storeId: 1,
  serviceId: 2,
  mode: "native",
  currency: "usd",
}

describe("the addresses that a gateway is given", () => {
  it("are this store's own where a person enters them at the gateway, and the option's where it has one", () => {
    expect(addressesOf(provider("mocasa", mocasa), { webhooks: "signed", backend })).toEqual({
      webhook: { url: "https://api.shop.example/hooks/payment/mocasa_main", option: null },
      return: { url: "https://shop.example/done", option: "returnUrl" },
    })
  })

  it("are both to be entered where the options leave them to the gateway's dashboard", () => {
    expect(addressesOf(provider("mocopay", mocopay), { webhooks: "unsigned", backend })).toEqual({
      webhook: { url: "https://api.shop.example/hooks/payment/mocopay_main", option: null },
      return: { url: "https://api.shop.example/payments/mocopay_main/return", option: null },
    })
  })

  it("begin as the option begins that holds one of them, also behind a proxy's path", () => {
    const notifyUrl = "https://edge.example/shop/hooks/payment/mocopay_main"
    const known = addressesOf(provider("mocopay", { ...mocopay, notifyUrl }), {
      webhooks: "unsigned",
      backend,
    })
    expect(known).toEqual({
      webhook: { url: notifyUrl, option: "notifyUrl" },
      return: { url: "https://edge.example/shop/payments/mocopay_main/return", option: null },
    })
  })

  it("are none for a gateway that neither sends messages nor shoppers", () => {
    expect(addressesOf(provider("kess", kess), { webhooks: "none", backend })).toEqual({
      webhook: null,
      return: null,
    })
  })
})

describe("what keeps a gateway from reaching an address", () => {
  const problem = (url: string) => addressProblem({ url, option: null })

  it.each([
    "http://localhost:9000/hooks",
    "https://shop.local/hooks",
    "http://127.0.0.1/hooks",
    "https://10.1.2.3/hooks",
    "https://172.20.0.4/hooks",
    "https://192.168.0.2/hooks",
    "http://[::1]:9000/hooks",
    "http://[fd00::1]/hooks",
    "http://store:9000/hooks",
  ])("is that it is only known here: %s", (url) => {
    expect(problem(url)).toBe("local")
  })

  it("is that it is not encrypted", () => {
    expect(problem("http://api.shop.example/hooks")).toBe("http")
    expect(problem("http://[2001:db8::1]/hooks")).toBe("http")
  })

  it.each([
    "https://api.shop.example/hooks",
    "https://172.32.0.1/hooks",
    "https://[2001:db8::1]/hooks",
    "https://10.shop.example/hooks",
  ])("is nothing at %s", (url) => {
    expect(problem(url)).toBeUndefined()
  })
})
