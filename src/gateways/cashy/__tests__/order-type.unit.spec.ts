import { orderOrigin } from "../order-type"

describe("Cashy's word for where an order comes from", () => {
  it.each([undefined, null, "", "api", "LINK", "constructor", "__proto__"])(
    "means the order that is named where it is missing or not documented: %j",
    (word) => {
      expect(orderOrigin(word)).toBe("ours")
    }
  )

  it.each([
    ["MCH", "by_hand"],
    ["PATCH", "additional"],
    ["API", "ours"],
    ["DESK", "ours"],
  ])("%s means %s", (word, origin) => {
    expect(orderOrigin(word)).toBe(origin)
  })
})
