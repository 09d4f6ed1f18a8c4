import { createServer, type RequestListener, type Server } from "node:http"
import { CheckoutError, toCheckoutError } from "../checkout-error"
import { createStoreFetch } from "../store-fetch"

describe("createStoreFetch", () => {
  let server: Server | undefined

  afterEach(async () => {
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)))
    server = undefined
  })

  async function storeThat(listener: RequestListener): Promise<string> {
    const started = createServer(listener)
    server = started
    await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve))
    const address = started.address()
    return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`
  }

  const { signal } = new AbortController()

  it("sends the key of the shop and its own headers, and gives the answer's JSON", async () => {
    let seen: Record<string, unknown> = {}
    const url = await storeThat(({ method, url: path, headers }, response) => {
      seen = { method, path, key: headers["x-publishable-api-key"], locale: headers["x-locale"] }
      response.end('{"cart":{"id":"cart_1"}}')
    })
    const ask = createStoreFetch({
      baseUrl: `${url}/`,
      publishableKey: "pk_1",
      headers: { "x-locale": "ur" },
    })
    expect(await ask("/store/carts/cart_1", { method: "GET", signal })).toEqual({
      cart: { id: "cart_1" },
    })
    expect(seen).toEqual({ method: "GET", path: "/store/carts/cart_1", key: "pk_1", locale: "ur" })
  })

  it.each([
    [409, { code: "cart_already_paid", order_id: "order_1" }, "cart_already_paid", "order_1"],
    [409, { code: "cart_total_changed" }, "cart_changed", undefined],
    [409, { code: "payment_method_being_chosen" }, "payment_method_being_chosen", undefined],
    [409, { code: "cart_is_being_completed" }, "conflict", undefined],
    [409, { type: "conflict" }, "conflict", undefined],
    [400, { type: "invalid_data", message: "No" }, "refused", undefined],
    [503, {}, "store_failed", undefined],
    [429, "slow down", "store_failed", undefined],
  ])("answers %i %j with an error that a page can show", async (status, body, code, orderId) => {
    const url = await storeThat((_request, response) => {
      response.writeHead(status).end(typeof body === "string" ? body : JSON.stringify(body))
    })
    const ask = createStoreFetch({ baseUrl: url, publishableKey: "pk_1" })
    const error: unknown = await ask("/store/x", { method: "POST", signal }).catch((e) => e)
    expect(error).toBeInstanceOf(CheckoutError)
    expect(error).toMatchObject({ code, status })
    expect(error).toHaveProperty("orderId", orderId)
  })

  it("takes a page in place of an answer for a store that can't answer now", async () => {
    const url = await storeThat(
      (_request, response) => void response.end("<html>Maintenance</html>")
    )
    const ask = createStoreFetch({ baseUrl: url, publishableKey: "pk_1" })
    await expect(ask("/store/x", { method: "GET", signal })).rejects.toMatchObject({
      code: "store_failed",
    })
  })

  it("leaves what a browser throws to `toCheckoutError`, which calls it offline", async () => {
    const ask = createStoreFetch({ baseUrl: "http://127.0.0.1:1", publishableKey: "pk_1" })
    const error: unknown = await ask("/store/x", { method: "GET", signal }).catch((e) => e)
    expect(toCheckoutError(error).code).toBe("offline")
  })
})

describe("toCheckoutError", () => {
  it("reads the SDK's error by its status, and calls a 409 without a code a conflict", () => {
    const ofSdk = (status: number) => Object.assign(new Error("Said by the store"), { status })
    expect(toCheckoutError(ofSdk(409))).toMatchObject({
      code: "conflict",
      status: 409,
      message: "Said by the store",
    })
    expect(toCheckoutError(ofSdk(502)).code).toBe("store_failed")
    expect(toCheckoutError(ofSdk(404)).code).toBe("refused")
    expect(toCheckoutError(ofSdk(404), "cart_not_found").code).toBe("cart_not_found")
  })

  it("gives an error of its own back as it is", () => {
    const error = new CheckoutError("cart_changed", "x", { status: 409 })
    expect(toCheckoutError(error)).toBe(error)
  })

  it.each([undefined, null, "text", 5, {}])("makes an error of %p", (thrown) => {
    expect(toCheckoutError(thrown)).toBeInstanceOf(CheckoutError)
  })
})
