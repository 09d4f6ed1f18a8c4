import { MedusaError } from "@medusajs/framework/utils"
import { allowedReturnUrl } from "../storefront-input"

const origins = ["https://shop.example", "http://localhost:8000"]

function refusal(wish: string, allowed: readonly string[] = origins): MedusaError {
  try {
    allowedReturnUrl(wish, allowed)
  } catch (error) {
    if (error instanceof MedusaError) {
      return error
    }
  }
  throw new Error(`${wish} was not refused`)
}

describe("an address to send the shopper back to", () => {
  it.each([
    ["another host", "https://evil.example/"],
    ["the shop's name as the beginning of another", "https://shop.example.evil.example/"],
    ["the shop's name as a user", "https://shop.example@evil.example/"],
    ["the shop's name in a path", "https://evil.example/https://shop.example"],
    ["a user name before the shop's own host", "https://user:word@shop.example/"],
    ["http where only https is allowed", "http://shop.example/"],
    ["another port", "https://shop.example:8443/"],
    ["a subdomain", "https://www.shop.example/"],
    ["a script", "javascript:alert(1)//https://shop.example"],
    ["a blob, which has the shop's origin", "blob:https://shop.example/0b5e"],
    ["data", "data:text/html,hello"],
    ["no scheme", "//shop.example/return"],
    ["a path alone", "/return"],
    ["nothing", ""],
    ["a word", "return"],
    ["a letter that only looks like the shop's", "https://ѕhop.example/"],
  ])("is refused with %s", (_what, wish) => {
    expect(refusal(wish).type).toBe(MedusaError.Types.INVALID_DATA)
  })

  it("is refused with the word of the storefront, the option and what it holds", () => {
    const { message } = refusal("https://evil.example/")
    expect(message).toContain("return_url")
    expect(message).toContain("allowedReturnOrigins")
    expect(message).toContain("https://shop.example, http://localhost:8000")
    expect(message).not.toContain("evil.example")
  })

  it("is refused where the shop allows none, and says so", () => {
    expect(refusal("https://shop.example/", []).message).toContain("none is set")
  })

  it.each([
    "https://shop.example/return?cart=1#done",
    "https://shop.example/",
    "http://localhost:8000/ph/checkout",
  ])("is accepted from an allowed origin, path and query kept: %s", (wish) => {
    expect(allowedReturnUrl(wish, origins)).toBe(wish)
  })

  it("is accepted in any spelling of the allowed origin, and sent on in its normal one", () => {
    expect(allowedReturnUrl("HTTPS://SHOP.example:443/a/../b", origins)).toBe(
      "https://shop.example/b"
    )
  })

  it("is sent on as it was read, so that no browser reads another host in it", () => {
    expect(allowedReturnUrl("https://shop.example\\@evil.example/", origins)).toBe(
      "https://shop.example/@evil.example/"
    )
  })

  it("is nobody's wish where the storefront named none", () => {
    expect(allowedReturnUrl(undefined, [])).toBeUndefined()
  })
})
