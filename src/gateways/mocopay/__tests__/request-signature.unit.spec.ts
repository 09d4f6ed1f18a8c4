import { createHash } from "node:crypto"
import { Secret } from "../../shared/secret"
import { requestDigest, signatureHeader, sortedQuery } from "../request-signature"
import { credentials } from "./fake-mocopay"

const signatureOf = (target: string, change: Partial<typeof credentials> = {}) =>
  requestDigest(target, { ...credentials, ...change }).toString("base64")

describe("the signature of a call", () => {
  it("is that of the vendor's worked example", () => {
    const target = "/v1/payment/initPayment/?mcc=228&mnc=01&pid=12000&userId=123456789"
    expect(signatureOf(target)).toBe("WETDyNQLx0+8BJ16vDgiVg==")
  })

  it("is taken over the address as it stands, with no slash where there is none", () => {
    const target = "/v1/payment/verifyPayment?userId=359276053656628"
    expect(signatureOf(target)).toBe("1v0+YNnIjRiIy7QWdKHbww==")
    expect(signatureOf(target.replace("?", "/?"))).not.toBe("1v0+YNnIjRiIy7QWdKHbww==")
  })

  it.each([
    ["another secret", { secret: Secret.of("this.is.a.secret.") }],
    ["the secret as it stands in a log", { secret: Secret.of("***") }],
  ])("is another one with %s", (_what, change) => {
    const target = "/v1/payment/verifyPayment?userId=359276053656628"
    expect(signatureOf(target, change)).not.toBe("1v0+YNnIjRiIy7QWdKHbww==")
  })

  it("is SHA-1 where the shop says so, as long as those in the examples of the vendor's calls", () => {
    const target = "/v1/payment/initPayment?mcc=999&mnc=99&pid=CHMIBSUB"
    const expected = createHash("sha1").update(`this.is.a.secret${target}`).digest("base64")
    expect(signatureOf(target, { signatureAlgorithm: "sha1" })).toBe(expected)
    expect(expected).toHaveLength("IyiEcGCKRZcbUwmt5Nf7Jyfn1NY=".length)
  })
})

describe("the header", () => {
  const target = "/v1/payment/verifyPayment?userId=359276053656628"

  it("names the key behind a prefix", () => {
    expect(signatureHeader(target, credentials)).toBe("ApiKey app1:1v0+YNnIjRiIy7QWdKHbww==")
  })

  it("has no prefix and no blank where the shop wants none", () => {
    expect(signatureHeader(target, { ...credentials, signaturePrefix: "" })).toBe(
      "app1:1v0+YNnIjRiIy7QWdKHbww=="
    )
  })

  it("does not hold the secret", () => {
    expect(signatureHeader(target, credentials)).not.toContain("this.is.a.secret")
  })
})

describe("the parameters", () => {
  it("stand in strict ASCII order, capitals before small letters, whatever order they came in", () => {
    const query = sortedQuery({ userId: "1", pid: "2", Foo: "3", bar: "4", pId: "5" })
    expect(Object.keys(query)).toEqual(["Foo", "bar", "pId", "pid", "userId"])
  })

  it("are left out where they are absent, and kept where they are empty", () => {
    expect(sortedQuery({ b: undefined, a: "" })).toEqual({ a: "" })
  })
})
