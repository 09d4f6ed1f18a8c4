import { isNumberOf } from "../order-number"

const reference = "01JQ7ZK3V5W8X9Y0A1B2C3D4E50"

describe("a number of Cashy's for an order of the shop", () => {
  it.each([
    "",
    "P",
    reference.slice(0, 26),
    reference.toLowerCase(),
    ` ${reference}`,
    `${reference} `,
    `${reference}1`,
    `${reference}001`,
    `${reference}000001`,
    `${reference}0000a`,
    `${reference}-0001`,
    `${reference}٠٠٠٠١`,
    `${reference}00001\n`,
    `X${reference}00001`,
    `01JQ7ZK3V5W8X9Y0A1B2C3D4E51`,
    `01JQ7ZK3V5W8X9Y0A1B2C3D4E5100001`,
  ])("is not ours where it is %j", (number) => {
    expect(isNumberOf(number, reference)).toBe(false)
  })

  it.each([reference, `${reference}00001`, `${reference}99999`, `${reference}0001`])(
    "is ours where it is the reference, alone or with a serial number: %s",
    (number) => {
      expect(isNumberOf(number, reference)).toBe(true)
    }
  )

  it("is the vendor's own example", () => {
    expect(isNumberOf("MCH2023008800001", "MCH20230088")).toBe(true)
    expect(isNumberOf("order_xxxxxxxxxxxxxx0001", "order_xxxxxxxxxxxxxx")).toBe(true)
  })
})
