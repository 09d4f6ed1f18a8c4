import { signWebhook } from "../protocol"

const signed = { reference: "ORD1001", txStatus: "success" }

describe("signWebhook", () => {
  it("is base64 of the SHA-256 of orderNo|txStatus|secret", () => {
    expect(signWebhook(signed, "test_secret", "base64")).toBe(
      "RcZfyRK1Z/gpLQNcrv1Hm+f/HCR50umz475kaT2FvQI="
    )
  })

  it("can be base64 of the digest's hexadecimal text", () => {
    const signature = signWebhook(signed, "test_secret", "base64-of-hex")
    expect(Buffer.from(signature, "base64").toString("ascii")).toBe(
      "45c65fc912b567f8292d035caefd479be7ff1c2479d2e9b3e3be64693d85bd02"
    )
  })

  it("changes with the status and with the secret", () => {
    const signatures = [
      signWebhook(signed, "test_secret", "base64"),
      signWebhook({ ...signed, txStatus: "failed" }, "test_secret", "base64"),
      signWebhook(signed, "other_secret", "base64"),
    ]
    expect(new Set(signatures).size).toBe(3)
  })
})
