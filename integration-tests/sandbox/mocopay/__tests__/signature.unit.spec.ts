import { sign } from "../protocol"

const SECRET = "this.is.a.secret"
const VECTOR = "WETDyNQLx0+8BJ16vDgiVg=="

describe("sign", () => {
  it("gives the value of the vendor's worked example, which has a slash before the query", () => {
    const target = "/v1/payment/initPayment/?mcc=228&mnc=01&pid=12000&userId=123456789"
    expect(sign(SECRET, target)).toBe(VECTOR)
  })

  it("gives the value for a path without that slash", () => {
    expect(sign(SECRET, "/v1/payment/verifyPayment?userId=359276053656628")).toBe(
      "1v0+YNnIjRiIy7QWdKHbww=="
    )
  })

  it("can be base64 of a SHA-1, which is as long as the vendor's examples", () => {
    // Made with another program.
    const value = sign(SECRET, "/v1/payment/verifyPayment?userId=359276053656628", "sha1")
    expect(value).toBe("+Dvn9sqXmQFNIz19uJ7ZooKy2vc=")
    expect(value).toHaveLength("Lu48LwCUxAalXuCCLlz+UrbaLow=".length)
  })

  it("does not depend on the order in which the parameters were sent", () => {
    expect(sign(SECRET, "/v1/payment/initPayment/?userId=123456789&pid=12000&mnc=01&mcc=228")).toBe(
      VECTOR
    )
  })

  it("leaves the parameter of the signature itself out", () => {
    const target = "/v1/payment/initPayment/?mcc=228&mnc=01&pid=12000&signature=x&userId=123456789"
    expect(sign(SECRET, target)).toBe(VECTOR)
  })

  it("sorts capitals before small letters", () => {
    // MD5 of "this.is.a.secret/p?B=2&a=1", made with another program.
    expect(sign(SECRET, "/p?a=1&B=2")).toBe("VisHJ5MtVAbBn02CvOyBhw==")
  })

  it("covers the bytes as they were sent, not what they stand for", () => {
    expect(sign(SECRET, "/p?a=%20")).not.toBe(sign(SECRET, "/p?a=+"))
    expect(sign(SECRET, "/p?a=%2f")).not.toBe(sign(SECRET, "/p?a=%2F"))
  })

  it("changes with the path, a value and the secret", () => {
    const values = [
      sign(SECRET, "/p?a=1"),
      sign(SECRET, "/p/?a=1"),
      sign(SECRET, "/p?a=2"),
      sign("another", "/p?a=1"),
    ]
    expect(new Set(values).size).toBe(4)
  })
})
